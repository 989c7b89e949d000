#include "domain/challenge/movement_sequence.hpp"

#include <gtest/gtest.h>

#include <map>

#include "tests/support/fakes.hpp"

namespace countersign::domain {
namespace {

using face::Movement;

TEST(MovementSequence, LooksAheadBeforeEveryMovement) {
    testing::FakeRandom random;
    const auto sequence = draw_movements(random, 4);
    ASSERT_EQ(sequence.steps.size(), 8U);
    for (std::size_t i = 0; i < 8; i += 2) {
        EXPECT_EQ(sequence.steps[i], Movement::look_ahead);
        EXPECT_NE(sequence.steps[i + 1], Movement::look_ahead);
        EXPECT_GE(sequence.holds[i], milliseconds(500));
        EXPECT_LE(sequence.holds[i], milliseconds(1500));
    }
}

TEST(MovementSequence, DrawsEverySequenceWithATurnEquallyOften) {
    testing::FakeRandom random;
    std::map<std::vector<Movement>, int> drawn;
    constexpr int kDraws = 106 * 200;
    for (int i = 0; i < kDraws; ++i)
        ++drawn[draw_movements(random, 4).steps];
    EXPECT_EQ(drawn.size(), 106U) << "4 x 3 x 3 x 3 without the two that have no turn";
    for (const auto& [steps, count] : drawn)
        EXPECT_NEAR(count, 200, 5 * 14) << "5 sigma";
}

}  // namespace
}  // namespace countersign::domain
