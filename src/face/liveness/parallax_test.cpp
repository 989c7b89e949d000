#include "face/liveness/parallax.hpp"

#include <gtest/gtest.h>

#include "face/liveness/head_model.hpp"

namespace countersign::face {
namespace {

Parallax between(const Stance& turned) {
    return parallax_between(in_own_measure(seen({.relief = turned.relief})), in_own_measure(seen(turned)));
}

TEST(Parallax, IsNothingForTheSamePicture) {
    const auto same = between({});
    EXPECT_NEAR(same.nose, 0, 1e-4);
    EXPECT_NEAR(same.narrowing, 0, 1e-4);
}

TEST(Parallax, SeesTheNoseOfATurnedHeadMoveItsWay) {
    EXPECT_GT(between({.yaw_degrees = 25}).nose, 0.12F);
    EXPECT_LT(between({.yaw_degrees = -25}).nose, -0.12F);
}

TEST(Parallax, IsSmallForAFlatPictureHeldAtAnyAngle) {
    for (const float angle : {-60.0F, -45.0F, -20.0F, 20.0F, 45.0F, 60.0F}) {
        for (const float distance : {5.0F, 8.0F, 14.0F}) {
            const auto flat = between({.yaw_degrees = angle, .distance = distance, .relief = 0});
            EXPECT_LT(std::abs(flat.nose), 0.1F) << angle << " degrees at " << distance;
        }
    }
}

TEST(Parallax, TellsHowNarrowAPictureBecame) {
    EXPECT_NEAR(between({.yaw_degrees = 60, .distance = 1000, .relief = 0}).narrowing, 0.5F, 0.02F);
}

TEST(Parallax, TakesNoNumberOrAFaceWithoutEyesForNoParallax) {
    const FaceShape nothing{};
    EXPECT_EQ(parallax_between(in_own_measure(nothing), in_own_measure(nothing)).nose, 0);
}

TEST(OwnMeasure, RemovesPlaceSizeAndTilt) {
    const auto plain = in_own_measure(seen({}));
    FaceShape moved = seen({});
    for (auto& point : moved)
        point = {30 + 0.5F * (point.x * 0.8F - point.y * 0.6F), 9 + 0.5F * (point.x * 0.6F + point.y * 0.8F)};
    const auto again = in_own_measure(moved);
    EXPECT_NEAR(again[30].x, plain[30].x, 1e-3);
    EXPECT_NEAR(again[54].y, plain[54].y, 1e-3);
}

}  // namespace
}  // namespace countersign::face
