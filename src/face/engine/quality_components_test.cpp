#include "face/engine/quality_components.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "face/engine/quality_gate.hpp"
#include "face/engine/template_codec.hpp"

namespace countersign::face {
namespace {

/// A frame that every component is content with.
Observation good() {
    Observation seen;
    seen.width = 640;
    seen.height = 480;
    seen.faces = 1;
    seen.box = {220, 100, 200, 280};
    seen.quality = {.face_fraction = 0.58F,
                    .inter_eye_px = 90,
                    .sharpness = 300,
                    .luma = 130,
                    .pitch_ratio = 0.51F,
                    .eye_openness = 0.32F};
    seen.aligned = SecretBytes(Bytes(std::size_t{112} * 112 * 3, 130));
    return seen;
}

double value_of(const Observation& seen, std::string_view name) {
    const auto all = quality_components(seen);
    return std::ranges::find(all, name, &QualityComponent::name)->value;
}

TEST(QualityComponents, AreAllAboveTheLineForAGoodFrame) {
    ASSERT_EQ(judge_quality(good()), Hint::none);
    for (const auto& component : quality_components(good())) {
        EXPECT_GT(component.value, 50) << component.name;
        EXPECT_LE(component.value, 100) << component.name;
    }
    EXPECT_TRUE(quality_components(Observation{}).empty());
}

TEST(QualityComponents, CrossTheLineExactlyWhereTheGateGivesTheirHint) {
    const QualityLimits limits;
    const auto crossing = [&](std::string_view name, float Quality::* part, float limit, float outwards) {
        Observation seen = good();
        seen.quality.*part = limit - outwards * 0.001F;
        EXPECT_EQ(judge_quality(seen), Hint::none) << name;
        EXPECT_GT(value_of(seen, name), 50) << name;
        seen.quality.*part = limit + outwards * 0.001F;
        const auto all = quality_components(seen);
        const auto low = std::ranges::find_if(all, [](const auto& each) { return each.value < 50; });
        ASSERT_NE(low, all.end()) << name;
        EXPECT_EQ(low->name, name);
        EXPECT_EQ(judge_quality(seen), low->hint) << name;
    };
    crossing("sharpness", &Quality::sharpness, limits.least_sharpness, -1);
    crossing("under_exposure_prevention", &Quality::luma, limits.dark_luma, -1);
    crossing("over_exposure_prevention", &Quality::luma, limits.bright_luma, 1);
    crossing("inter_eye_distance", &Quality::inter_eye_px, limits.least_inter_eye_px, -1);
    crossing("head_size", &Quality::face_fraction, limits.least_face_fraction, -1);
    crossing("head_pose_yaw", &Quality::yaw_ratio, -limits.yaw_ratio, -1);
    crossing("head_pose_pitch", &Quality::pitch_ratio, limits.most_pitch_ratio, 1);
    crossing("head_pose_roll", &Quality::roll_degrees, limits.roll_degrees, 1);
    crossing("eyes_open", &Quality::eye_openness, limits.least_eye_openness, -1);
}

TEST(QualityComponents, SeeLightFromOneSideAndAnOpenMouth) {
    Observation seen = good();
    Bytes half(std::size_t{112} * 112 * 3, 180);
    for (std::size_t i = 0; i < half.size(); ++i) {
        if (i / 3 % 112 < 56) half[i] = 60;
    }
    seen.aligned = SecretBytes(std::move(half));
    for (std::size_t i = 65; i <= 67; ++i)
        seen.shape[i].y = 45;

    EXPECT_LT(value_of(seen, "illumination_uniformity"), 50);
    EXPECT_LT(value_of(seen, "mouth_closed"), 50);
}

TEST(QualityComponents, TellAClearFaceByTheLengthOfItsEmbedding) {
    const ClearnessWeight clearness{.usual = 3, .spread = 0.5F, .weight = 0.05F};
    const auto of_length = [&](float length) {
        Tensor embedding(512);
        std::ranges::fill(embedding.values(), 0.0F);
        embedding[7] = length;
        return unified_quality({"net/1", encode_template(embedding).value()}, clearness).value;
    };
    EXPECT_GT(of_length(4), of_length(3));
    EXPECT_GT(of_length(3), 80);
    EXPECT_NEAR(of_length(2), 50, 0.5);
    EXPECT_LT(of_length(1), 20);
    EXPECT_EQ(unified_quality({"net/1", SecretBytes()}, clearness).value, 0) << "no template";
}

}  // namespace
}  // namespace countersign::face
