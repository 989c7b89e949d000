#include <gtest/gtest.h>

#include <atomic>
#include <bit>
#include <thread>

#include "face/codec/decode.hpp"
#include "tests/support/face_fixture.hpp"
#include "tests/support/fakes.hpp"
#include "tests/support/picture_edits.hpp"

namespace countersign::face {
namespace {

using testing::beside;
using testing::cut;
using testing::EngineTest;
using testing::FakeRandom;
using testing::media;
using testing::mirrored;
using testing::scaled_brightness;
using testing::to_jpeg;
using testing::turned;

TEST_F(EngineTest, FindsOneFaceInEveryFrameOfTheClips) {
    for (const auto& clip : {media().first_man_a(), media().first_man_b(), media().second_man()}) {
        for (const auto& seen : observe_all(clip)) {
            EXPECT_EQ(seen.faces, 1);
            EXPECT_EQ(seen.width, 640);
            EXPECT_GT(seen.detector_score, 0.9F);
            EXPECT_GT(seen.quality.face_fraction, 0.3F);
            EXPECT_LT(seen.landmarks[0].x, seen.landmarks[1].x) << "right eye first, as seen in the image";
        }
    }
}

TEST_F(EngineTest, CallsMostFramesOfACooperativePersonUsable) {
    for (const auto& clip : {media().first_man_a(), media().first_man_b(), media().second_man()}) {
        EXPECT_GE(usable(clip).size() * 4, clip.size() * 3);
    }
}

TEST_F(EngineTest, SeesTwoPeople) {
    const Image left = decode(media().first_man_a()[0]).value();
    const Image right = decode(media().second_man()[0]).value();

    const auto seen = observe(beside(left, right, 640, 480));

    EXPECT_EQ(seen.faces, 2);
    EXPECT_EQ(seen.hint, Hint::multiple_faces);
    EXPECT_FALSE(seen.usable());
}

TEST_F(EngineTest, SeesNoFaceInNoise) {
    FakeRandom random(9);
    const auto seen = observe(testing::noise(320, 240, random));

    EXPECT_EQ(seen.faces, 0);
    EXPECT_EQ(seen.hint, Hint::no_face);
    EXPECT_TRUE(seen.aligned.empty());
}

TEST_F(EngineTest, SaysWhatToChange) {
    const Image frame = decode(media().second_man()[1]).value();
    const Box whole{0, 0, 640, 480};
    const auto padded = [&](float dx, float dy) { return cut(frame, {dx, dy, 640, 480}, 640, 480); };
    struct Case {
        Hint expected;
        Image picture;
    };
    std::vector<Case> cases;
    cases.push_back({Hint::too_dark, scaled_brightness(frame, 0.15F)});
    cases.push_back({Hint::too_dark, testing::uniform(640, 480, 4)});
    cases.push_back({Hint::too_bright, testing::uniform(640, 480, 252)});
    cases.push_back({Hint::too_close, cut(frame, {110, 60, 440, 330}, 640, 480)});
    cases.push_back({Hint::too_far, cut(frame, {-640, -480, 1920, 1440}, 640, 480)});
    cases.push_back({Hint::blurry, cut(cut(frame, whole, 80, 60), {0, 0, 80, 60}, 640, 480)});
    cases.push_back({Hint::move_left, padded(150, 0)});
    cases.push_back({Hint::move_right, padded(-150, 0)});
    cases.push_back({Hint::look_straight, turned(frame, 32)});
    for (const auto& [expected, picture] : cases) {
        const auto seen = observe(picture);
        EXPECT_EQ(seen.hint, expected)
            << "wanted " << to_string(expected) << ", got " << to_string(seen.hint);
    }
}

TEST_F(EngineTest, NoticesABlink) {
    const auto frames = observe_all(media().blink());
    const auto [least, most] =
        std::ranges::minmax_element(frames, {}, [](const Observation& o) { return o.quality.eye_openness; });

    EXPECT_LT(least->quality.eye_openness, 0.2F);
    EXPECT_GT(most->quality.eye_openness, 0.28F);
}

TEST_F(EngineTest, GivesMirroredMeasuresForAMirroredFace) {
    const Image frame = decode(media().first_man_a()[4]).value();
    const auto plain = observe(frame);
    const auto flipped = observe(mirrored(frame));

    EXPECT_NEAR(flipped.quality.yaw_ratio, -plain.quality.yaw_ratio, 0.08);
    EXPECT_NEAR(flipped.quality.roll_degrees, -plain.quality.roll_degrees, 3);
    EXPECT_NEAR(flipped.box.x + flipped.box.width, 640 - plain.box.x, 12);
    EXPECT_NEAR(flipped.skin.r, plain.skin.r, 6);
}

TEST_F(EngineTest, MeasuresTheColourThatFallsOnTheFace) {
    const Image frame = decode(media().first_man_a()[0]).value();
    Image lit(640, 480, 3);
    for (std::size_t i = 0; i < lit.pixels().size(); ++i) {
        lit.pixels()[i] = static_cast<std::uint8_t>(std::min(255, frame.pixels()[i] + (i % 3 == 0 ? 12 : 0)));
    }

    const auto before = observe(frame);
    const auto after = observe(lit);

    EXPECT_NEAR(after.skin.r - before.skin.r, 12, 2);
    EXPECT_NEAR(after.skin.g - before.skin.g, 0, 1.5);
    EXPECT_NEAR(after.background.r - before.background.r, 12, 2);
}

TEST_F(EngineTest, GivesARepeatedFrameTheSameFingerprint) {
    const auto clip = media().second_man();
    const Image frame = decode(clip[0]).value();
    const auto original = engine_->observe(clip[0]).value();

    EXPECT_LE(std::popcount(original.fingerprint ^ observe(scaled_brightness(frame, 0.9F)).fingerprint), 4);
    EXPECT_LE(std::popcount(original.fingerprint ^ engine_->observe(to_jpeg(frame, 40)).value().fingerprint),
              4);
    const auto other = engine_->observe(media().first_man_a()[0]).value();
    EXPECT_GT(std::popcount(original.fingerprint ^ other.fingerprint), 8);
}

TEST_F(EngineTest, PassesOnTheErrorsOfTheDecoder) {
    EXPECT_EQ(engine_->observe(as_bytes("GIF89a")).error().code, ErrorCode::unsupported_media);
    EXPECT_EQ(engine_->observe(Bytes(kMaxEncodedBytes + 1)).error().code, ErrorCode::payload_too_large);
    Bytes broken = media().second_man()[0];
    broken.resize(broken.size() / 2);
    EXPECT_EQ(engine_->observe(broken).error().code, ErrorCode::invalid_argument);
}

TEST_F(EngineTest, GivesEveryThreadTheSameAnswer) {
    const auto clip = media().first_man_a();
    const auto expected = engine_->observe(clip[0]).value();
    std::atomic<int> same{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int round = 0; round < 5; ++round) {
                const auto seen = engine_->observe(clip[0]).value();
                if (std::ranges::equal(seen.aligned.view(), expected.aligned.view())) ++same;
            }
        });
    }
    for (auto& thread : threads)
        thread.join();
    EXPECT_EQ(same, 20);
}

}  // namespace
}  // namespace countersign::face
