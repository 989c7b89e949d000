#include "face/liveness/passive.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>
#include <vector>

namespace countersign::face {
namespace {

Liveness judge_passive(std::vector<float> probabilities, float threshold, std::size_t least_frames) {
    return face::judge_passive(std::span<const float>(probabilities), threshold, least_frames);
}

TEST(Passive, GoesByTheMedian) {
    EXPECT_EQ(judge_passive({0.9F, 0.1F, 0.8F}, 0.5F, 3), Liveness::live) << "one bad frame is motion";
    EXPECT_EQ(judge_passive({0.9F, 0.1F, 0.2F}, 0.5F, 3), Liveness::not_live) << "one good frame is luck";
}

TEST(Passive, TakesTheLowerMiddleOfAnEvenNumber) {
    EXPECT_EQ(judge_passive({0.9F, 0.9F, 0.1F, 0.1F}, 0.5F, 3), Liveness::not_live);
    EXPECT_EQ(judge_passive({0.9F, 0.9F, 0.9F, 0.1F}, 0.5F, 3), Liveness::live);
}

TEST(Passive, IsNotLiveOnTooLittleEvidence) {
    EXPECT_EQ(judge_passive({}, 0.5F, 0), Liveness::not_live);
    EXPECT_EQ(judge_passive({1.0F, 1.0F}, 0.5F, 3), Liveness::not_live);
}

TEST(Passive, CountsNoNumberAsZero) {
    const float no_number = std::numeric_limits<float>::quiet_NaN();
    EXPECT_EQ(judge_passive({no_number, no_number, 1.0F}, 0.5F, 3), Liveness::not_live);
    EXPECT_EQ(judge_passive({no_number, 1.0F, 1.0F}, 0.5F, 3), Liveness::live);
}

TEST(Passive, PassesExactlyAtTheThreshold) {
    EXPECT_EQ(judge_passive({0.5F, 0.5F, 0.5F}, 0.5F, 3), Liveness::live);
}

TEST(Passive, KnowsTheOutcomeOfTheMedianAsSoonAsItIsCertain) {
    PassiveVote live(3, 0.5F);
    live.add(0.9F);
    EXPECT_FALSE(live.outcome().has_value()) << "two attacks could follow";
    live.add(0.5F);
    EXPECT_EQ(live.outcome(), Liveness::live);
    PassiveVote attack(3, 0.5F);
    attack.add(0.1F);
    attack.add(0.2F);
    EXPECT_EQ(attack.outcome(), Liveness::not_live);
}

TEST(Passive, NeverDiffersFromTheLowerMedian) {
    std::mt19937 engine(5);
    std::uniform_real_distribution<float> any(0, 1);
    for (int round = 0; round < 2000; ++round) {
        std::vector<float> values(1 + engine() % 7);
        std::ranges::generate(values, [&] { return any(engine); });
        PassiveVote vote(values.size(), 0.5F);
        for (const float value : values) {
            vote.add(value);
            if (vote.outcome()) break;
        }
        auto sorted = values;
        std::ranges::sort(sorted);
        const bool live = sorted[(values.size() - 1) / 2] >= 0.5F;
        ASSERT_EQ(vote.outcome(), live ? Liveness::live : Liveness::not_live);
    }
}

}  // namespace
}  // namespace countersign::face
