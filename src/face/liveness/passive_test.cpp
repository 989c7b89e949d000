#include "face/liveness/passive.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace countersign::face {
namespace {

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

}  // namespace
}  // namespace countersign::face
