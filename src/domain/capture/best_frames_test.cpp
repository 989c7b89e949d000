#include "domain/capture/best_frames.hpp"

#include <gtest/gtest.h>

namespace countersign::domain {
namespace {

face::Quality good() {
    return {.face_fraction = 0.5F, .inter_eye_px = 80, .sharpness = 200, .luma = 120, .pitch_ratio = 0.5F};
}

face::Observation frame(float sharpness) {
    face::Observation out;
    out.quality = good();
    out.quality.sharpness = sharpness;
    return out;
}

TEST(FrameRank, PrefersSharpLargeAndFrontalFaces) {
    auto blurred = good();
    blurred.sharpness = 50;
    auto small = good();
    small.inter_eye_px = 30;
    auto turned = good();
    turned.yaw_ratio = -0.2F;
    auto nodding = good();
    nodding.pitch_ratio = 0.7F;
    auto tilted = good();
    tilted.roll_degrees = 15;
    for (const auto& worse : {blurred, small, turned, nodding, tilted}) {
        EXPECT_LT(frame_rank(worse), frame_rank(good()));
    }
}

TEST(BestFrames, KeepsTheBestInOrder) {
    BestFrames best(2);
    for (const float sharpness : {100.0F, 300.0F, 50.0F, 200.0F})
        best.add(frame(sharpness));
    const auto kept = best.view();
    ASSERT_EQ(kept.size(), 2U);
    EXPECT_EQ(kept[0]->quality.sharpness, 300.0F);
    EXPECT_EQ(kept[1]->quality.sharpness, 200.0F);
}

TEST(BestFrames, ForgetsOnDemand) {
    BestFrames best(2);
    best.add(frame(100));
    best.clear();
    EXPECT_EQ(best.size(), 0U);
}

}  // namespace
}  // namespace countersign::domain
