#include "face/engine/measure.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>

#include "face/engine/attack_detector.hpp"
#include "face/engine/detector.hpp"
#include "face/engine/imaging.hpp"
#include "face/engine/quality_gate.hpp"
#include "tests/support/fakes.hpp"
#include "tests/support/pictures.hpp"

namespace countersign::face {
namespace {

using testing::FakeRandom;
using testing::noise;
using testing::ramp;
using testing::uniform;

/// A plain face: eyes level, nose and mouth on the middle line, around (cx, cy), eye distance `d`.
std::array<Point, 5> frontal_points(float cx, float cy, float d) {
    return {{{cx - d / 2, cy},
             {cx + d / 2, cy},
             {cx, cy + 0.55F * d},
             {cx - 0.4F * d, cy + 1.1F * d},
             {cx + 0.4F * d, cy + 1.1F * d}}};
}

TEST(Sharpness, IsZeroForAFlatPictureAndHighForNoise) {
    FakeRandom random(1);
    EXPECT_FLOAT_EQ(sharpness(uniform(32, 32, 90)), 0);
    EXPECT_GT(sharpness(noise(32, 32, random)), 1000);
    EXPECT_FLOAT_EQ(sharpness(uniform(1, 1, 90)), 0) << "too small to have neighbours";
}

TEST(MeanLuma, IsCutToThePicture) {
    EXPECT_NEAR(mean_luma(uniform(10, 10, 120), {-5, -5, 100, 100}), 120, 0.5);
    EXPECT_FLOAT_EQ(mean_luma(uniform(10, 10, 120), {50, 50, 5, 5}), 0);
}

TEST(PoseRatios, AreNeutralForAFrontalFace) {
    const auto pose = pose_ratios(frontal_points(100, 100, 60));

    EXPECT_NEAR(pose.yaw, 0, 1e-5);
    EXPECT_NEAR(pose.pitch, 0.5, 1e-5);
    EXPECT_NEAR(pose.roll_degrees, 0, 1e-5);
    EXPECT_FLOAT_EQ(pose.inter_eye_px, 60);
}

TEST(PoseRatios, DoNotTakeATiltForATurn) {
    auto points = frontal_points(0, 0, 60);
    for (auto& p : points)
        p = Similarity{std::cos(0.3F), std::sin(0.3F), 50, 80}.apply(p);

    const auto pose = pose_ratios(points);

    EXPECT_NEAR(pose.yaw, 0, 1e-4);
    EXPECT_NEAR(pose.pitch, 0.5, 1e-4);
    EXPECT_NEAR(pose.roll_degrees, 0.3 * 180 / 3.14159, 0.1);
}

TEST(PoseRatios, SignTheTurnAsSeenInTheImage) {
    auto points = frontal_points(100, 100, 60);
    points[2].x += 20;
    EXPECT_NEAR(pose_ratios(points).yaw, 20.0 / 60, 1e-5);
}

TEST(SkinColour, AveragesCheeksAndForeheadOnly) {
    Image picture = uniform(200, 200, 10);
    Landmarks68 points{};
    const auto set = [&](std::initializer_list<std::pair<int, Point>> all) {
        for (const auto& [index, point] : all)
            points[static_cast<std::size_t>(index)] = point;
    };
    set({{1, {40, 90}},
         {2, {42, 105}},
         {3, {46, 120}},
         {4, {54, 135}},
         {48, {80, 140}},
         {31, {90, 115}},
         {39, {88, 90}},
         {40, {80, 92}},
         {41, {70, 92}},
         {36, {60, 90}}});
    set({{15, {160, 90}},
         {14, {158, 105}},
         {13, {154, 120}},
         {12, {146, 135}},
         {54, {120, 140}},
         {35, {110, 115}},
         {42, {112, 90}},
         {47, {120, 92}},
         {46, {130, 92}},
         {45, {140, 90}}});
    set({{19, {70, 70}}, {24, {130, 70}}, {33, {100, 118}}});
    for (int y = 40; y < 145; ++y) {
        for (int x = 35; x < 165; ++x)
            picture.at(x, y)[0] = 200;  // red skin; eyes and mouth are not looked at
    }

    const Rgb skin = skin_colour(picture, points);

    EXPECT_NEAR(skin.r, 200, 1);
    EXPECT_NEAR(skin.g, 10, 1);
}

TEST(BackgroundColour, LooksAtTheBorderAwayFromTheFace) {
    Image picture = uniform(160, 120, 50);
    const Box face{55, 30, 50, 60};
    for (int y = 20; y < 120; ++y) {
        for (int x = 45; x < 115; ++x)
            picture.at(x, y)[1] = 255;  // head and shoulders
    }

    EXPECT_NEAR(background_colour(picture, face).g, 50, 0.5);
}

TEST(DifferenceHash, HardlyChangesWithBrightnessAndChangesWithThePicture) {
    FakeRandom random(2);
    const Image picture = ramp(64, 64);
    Image darker = ramp(64, 64);
    for (auto& value : darker.pixels())
        value = static_cast<std::uint8_t>(value * 0.8);
    const Image small = crop_resized(noise(9, 8, random), {0, 0, 9, 8}, 90, 80);

    EXPECT_LE(std::popcount(difference_hash(picture) ^ difference_hash(darker)), 3);
    EXPECT_GE(std::popcount(difference_hash(picture) ^ difference_hash(small)), 12);
}

TEST(SuppressOverlaps, KeepsTheBestOfEachFace) {
    const auto kept =
        suppress_overlaps({{{0, 0, 10, 10}, 0.7F}, {{1, 0, 10, 10}, 0.9F}, {{30, 0, 10, 10}, 0.6F}}, 0.4F);

    ASSERT_EQ(kept.size(), 2U);
    EXPECT_FLOAT_EQ(kept[0].score, 0.9F);
    EXPECT_FLOAT_EQ(kept[1].score, 0.6F);
}

TEST(ContextRegion, StaysInsideThePicture) {
    for (const Box& face :
         {Box{0, 0, 50, 60}, Box{280, 200, 40, 40}, Box{20, 10, 250, 300}, Box{-30, -30, 80, 80}}) {
        const Box region = context_region(face, 320, 240);
        EXPECT_GE(region.x, 0);
        EXPECT_GE(region.y, 0);
        EXPECT_LE(region.x + region.width, 320.01F);
        EXPECT_LE(region.y + region.height, 240.01F);
        EXPECT_FLOAT_EQ(region.width, region.height);
    }
}

Observation good_observation() {
    Observation seen;
    seen.width = 640;
    seen.height = 480;
    seen.faces = 1;
    seen.box = {240, 110, 160, 240};
    seen.quality = {.face_fraction = 0.5F,
                    .inter_eye_px = 80,
                    .sharpness = 100,
                    .luma = 120,
                    .yaw_ratio = 0,
                    .pitch_ratio = 0.5F,
                    .roll_degrees = 0,
                    .eye_openness = 0.3F};
    return seen;
}

TEST(QualityGate, PassesAGoodFrame) {
    EXPECT_EQ(judge_quality(good_observation()), Hint::none);
}

TEST(QualityGate, NamesWhatIsWrong) {
    struct Case {
        Hint expected;
        void (*spoil)(Observation&);
    };
    const Case cases[] = {
        {Hint::no_face, [](Observation& o) { o.faces = 0; }},
        {Hint::multiple_faces, [](Observation& o) { o.faces = 2; }},
        {Hint::too_dark, [](Observation& o) { o.quality.luma = 20; }},
        {Hint::too_bright, [](Observation& o) { o.quality.luma = 240; }},
        {Hint::too_far, [](Observation& o) { o.quality.face_fraction = 0.2F; }},
        {Hint::too_far, [](Observation& o) { o.quality.inter_eye_px = 20; }},
        {Hint::too_close, [](Observation& o) { o.quality.face_fraction = 0.9F; }},
        {Hint::move_left, [](Observation& o) { o.box.x = 80; }},
        {Hint::move_right, [](Observation& o) { o.box.x = 400; }},
        {Hint::move_up, [](Observation& o) { o.box.y = 235; }},
        {Hint::move_down, [](Observation& o) { o.box.y = 20; }},
        {Hint::look_straight, [](Observation& o) { o.quality.yaw_ratio = -0.5F; }},
        {Hint::look_straight, [](Observation& o) { o.quality.roll_degrees = 30; }},
        {Hint::look_straight, [](Observation& o) { o.quality.pitch_ratio = 0.9F; }},
        {Hint::look_straight, [](Observation& o) { o.quality.pitch_ratio = 0.1F; }},
        {Hint::blurry, [](Observation& o) { o.quality.sharpness = 3; }},
        {Hint::eyes_closed, [](Observation& o) { o.quality.eye_openness = 0.1F; }},
    };
    for (const auto& [expected, spoil] : cases) {
        Observation seen = good_observation();
        spoil(seen);
        EXPECT_EQ(judge_quality(seen), expected) << to_string(expected);
    }
}

TEST(QualityGate, NamesTheMostImportantThingFirst) {
    Observation seen = good_observation();
    seen.faces = 2;
    seen.quality.luma = 10;
    seen.quality.sharpness = 0;
    EXPECT_EQ(judge_quality(seen), Hint::multiple_faces);
    seen.faces = 1;
    EXPECT_EQ(judge_quality(seen), Hint::too_dark);
}

TEST(QualityGate, BlamesTheLightForAMissingFace) {
    EXPECT_EQ(judge_without_face(5), Hint::too_dark);
    EXPECT_EQ(judge_without_face(250), Hint::too_bright);
    EXPECT_EQ(judge_without_face(120), Hint::no_face);
}

}  // namespace
}  // namespace countersign::face
