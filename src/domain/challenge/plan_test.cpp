#include "domain/challenge/plan.hpp"

#include <gtest/gtest.h>

#include "crypto/digest.hpp"
#include "tests/support/fakes.hpp"

namespace countersign::domain {
namespace {

using face::Movement;

constexpr PlanSize kBoth{.colour_sequences = 3, .colour_steps = 6, .movement_sequences = 2, .movements = 4};

TEST(ChallengePlan, CommitsToSaltAndAllSequencesInOrder) {
    ChallengePlan plan;
    plan.colours = {{{0, 1}}, {{2, 3}}};
    plan.movements = {{{Movement::look_ahead, Movement::turn_right}, {milliseconds(0x0203), Micros{}}}};
    plan.salt = {9, 9};
    EXPECT_EQ(plan.commitment(), to_hex(crypto::sha256(Bytes{9, 9, 0, 1, 2, 3, 0, 3, 2, 2, 0, 0})));
}

TEST(ChallengePlan, DrawsIndependentSequencesAndSalt) {
    testing::FakeRandom random;
    const auto first = draw_plan(random, kBoth);
    const auto second = draw_plan(random, kBoth);
    ASSERT_EQ(first.colours.size(), 3U);
    ASSERT_EQ(first.movements.size(), 2U);
    EXPECT_NE(first.colours[0], first.colours[1]);
    EXPECT_NE(first.movements[0], first.movements[1]);
    EXPECT_NE(first.salt, second.salt);
    EXPECT_EQ(first.salt.size(), 32U);
    EXPECT_NE(first.commitment(), second.commitment());
}

TEST(ChallengePlan, DrawsNothingOfAKindThatIsNotShown) {
    testing::FakeRandom random;
    EXPECT_TRUE(draw_plan(random, {}).colours.empty());
    EXPECT_TRUE(draw_plan(random, {.movement_sequences = 2, .movements = 4}).colours.empty());
}

}  // namespace
}  // namespace countersign::domain
