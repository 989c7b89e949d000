#include "domain/challenge/colour_sequence.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "tests/support/fakes.hpp"

namespace countersign::domain {
namespace {

RC_GTEST_PROP(ColourSequence, NeverShowsTheSameColourTwiceInARow, (std::uint32_t seed)) {
    testing::FakeRandom random(seed + 1ULL);
    const auto sequence = draw_sequence(random, 6);
    RC_ASSERT(sequence.indices.size() == 6U);
    for (std::size_t i = 0; i < 6; ++i) {
        RC_ASSERT(sequence.indices[i] < 5);
        if (i > 0) RC_ASSERT(sequence.indices[i] != sequence.indices[i - 1]);
    }
}

TEST(ColourSequence, DrawsEveryContinuationEquallyOften) {
    testing::FakeRandom random;
    std::map<std::pair<int, int>, int> pairs;
    constexpr int kDraws = 20'000;
    for (int i = 0; i < kDraws; ++i) {
        const auto sequence = draw_sequence(random, 2);
        ++pairs[{sequence.indices[0], sequence.indices[1]}];
    }
    ASSERT_EQ(pairs.size(), 20U) << "5 first colours times 4 others";
    for (const auto& [pair, count] : pairs) {
        EXPECT_NEAR(count, kDraws / 20, 5 * 31) << pair.first << " then " << pair.second << " (5 sigma)";
    }
}

TEST(ColourCode, IsThePaletteOfTheProtocol) {
    EXPECT_EQ(colour_code(0), "#FFFFFF");
    EXPECT_EQ(colour_code(1), "#FFB3A7");
    EXPECT_EQ(colour_code(2), "#A8F0B4");
    EXPECT_EQ(colour_code(3), "#A9C4FF");
    EXPECT_EQ(colour_code(4), "#202A3A");
}

TEST(ColourSteps, KeepTheOrder) {
    const auto steps = to_steps({{3, 0, 4}});
    ASSERT_EQ(steps.size(), 3U);
    EXPECT_EQ(steps[0].palette_index, 3);
    EXPECT_EQ(steps[2].palette_index, 4);
}

}  // namespace
}  // namespace countersign::domain
