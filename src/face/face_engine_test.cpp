#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "face/codec/decode.hpp"
#include "tests/support/face_fixture.hpp"
#include "tests/support/fakes.hpp"
#include "tests/support/picture_edits.hpp"

namespace countersign::face {
namespace {

using testing::cut;
using testing::EngineTest;
using testing::FakeRandom;
using testing::kRoot;
using testing::kTargetFmr;
using testing::media;
using testing::mirrored;
using testing::pointers;
using testing::project_options;
using testing::scaled_brightness;
using testing::shown_on_a_screen;
using testing::to_jpeg;
using testing::to_webp;
using testing::turned;

TEST_F(EngineTest, MatchesTheSamePersonInAnotherRecording) {
    const auto references = templates(media().first_man_a(), 3);
    const auto probes = templates(media().first_man_b(), 3);

    EXPECT_EQ(engine_->verify(probes, references, kTargetFmr).value(), Match::match);
}

TEST_F(EngineTest, DoesNotMatchAnotherPerson) {
    const auto references = templates(media().first_man_a(), 3);
    const auto impostor = templates(media().second_man(), 3);

    EXPECT_EQ(engine_->verify(impostor, references, kTargetFmr).value(), Match::no_match);
    EXPECT_EQ(engine_->verify(impostor, references, 1e-2).value(), Match::no_match)
        << "not even at a loose target";
}

TEST_F(EngineTest, EachProbeByItselfMustMatchForMoreThanAnEntry) {
    const auto references = templates(media().first_man_a(), 3);
    auto probes = templates(media().first_man_b(), 3);
    EXPECT_EQ(engine_->verify_each(probes, references, kTargetFmr).value(), Match::match);
    EXPECT_EQ(engine_->verify_each(templates(media().second_man(), 3), references, 1e-2).value(),
              Match::no_match);
    EXPECT_EQ(engine_->verify_each(probes, references, 1e-9).error().code, ErrorCode::invalid_argument);

    const auto more = templates(media().first_man_a());
    for (const auto& other : more)
        probes.push_back({other.model, other.data.clone()});
    probes.push_back(std::move(templates(media().second_man(), 1).front()));

    EXPECT_EQ(engine_->verify(probes, references, 1e-2).value(), Match::match)
        << "the mean carries one stranger";
    EXPECT_EQ(engine_->verify_each(probes, references, 1e-2).value(), Match::no_match);
}

TEST_F(EngineTest, KnowsFramesOfOneCaptureFromFramesOfTwoPeople) {
    auto capture = templates(media().second_man());
    EXPECT_TRUE(engine_->same_person(capture));

    for (auto& foreign : templates(media().first_man_a(), 1))
        capture.push_back(std::move(foreign));
    EXPECT_FALSE(engine_->same_person(capture));
    EXPECT_FALSE(engine_->same_person({})) << "nobody is not one person";
}

TEST_F(EngineTest, RefusesToCompareTemplatesOfAnotherModelOrStricterThanCalibrated) {
    const auto own = templates(media().first_man_a(), 2);
    std::vector<Template> foreign;
    foreign.push_back({"other/1", own[0].data.clone()});

    EXPECT_EQ(engine_->verify(foreign, own, kTargetFmr).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(engine_->verify(own, foreign, kTargetFmr).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(engine_->verify(foreign, foreign, kTargetFmr).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(engine_->verify(own, own, 1e-9).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(own[0].model, engine_->embedding_model());
}

TEST_F(EngineTest, CallsLiveRecordingsLive) {
    for (const auto& clip : {media().first_man_a(), media().first_man_b(), media().second_man()}) {
        EXPECT_EQ(engine_->detect_presentation_attack(pointers(usable(clip))).value(), Liveness::live);
    }
}

TEST_F(EngineTest, NeedsSeveralFramesForLiveness) {
    const auto frames = usable(media().second_man(), 2);

    EXPECT_EQ(engine_->detect_presentation_attack(pointers(frames)).value(), Liveness::not_live);
    EXPECT_EQ(engine_->detect_presentation_attack({}).value(), Liveness::not_live);
}

TEST_F(EngineTest, CallsAFaceOnASmallScreenAnAttack) {
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

TEST_F(EngineTest, RecognisesAFaceThroughMirrorTiltLightAndFormat) {
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

TEST_F(EngineTest, ExtractsOnlyFromUsableFrames) {
    FakeRandom random(9);
    const auto unusable = observe(testing::noise(320, 240, random));
    const Observation* only = &unusable;

    EXPECT_EQ(engine_->extract({&only, 1}).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(engine_->detect_presentation_attack({&only, 1}).error().code, ErrorCode::invalid_argument);
}

TEST_F(EngineTest, PassesItsSelfTest) {
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
