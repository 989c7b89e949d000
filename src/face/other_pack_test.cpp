// The engine with other packs: cc0 (an embedding of another size, from another cut of the face) and int8.
#include <gtest/gtest.h>

#include "tests/support/face_fixture.hpp"

namespace countersign::face {
namespace {

using testing::kTargetFmr;
using testing::media;
using testing::pointers;
using testing::project_options;

class PackCc0 : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        auto options = project_options();
        options.pack = "cc0";
        auto made = make_engine(options);
        ASSERT_TRUE(made.has_value()) << made.error().detail;
        engine_ = std::move(*made);
    }
    static void TearDownTestSuite() { engine_.reset(); }

    static std::vector<Observation> usable(const std::vector<Bytes>& pictures) {
        return testing::usable_frames(*engine_, pictures, 3);
    }
    static std::vector<Template> probes(const std::vector<Bytes>& pictures) {
        return engine_->extract(pointers(usable(pictures))).value();
    }

    static inline std::unique_ptr<FaceEngine> engine_;
};

TEST_F(PackCc0, MatchesAPersonInAnotherRecordingAndNobodyElse) {
    const auto references = engine_->enrol(pointers(usable(media().first_man_a()))).value();

    EXPECT_EQ(engine_->verify(probes(media().first_man_b()), references, 1e-4).value(), Match::match);
    EXPECT_EQ(engine_->verify(probes(media().second_man()), references, 1e-4).value(), Match::no_match);
    EXPECT_TRUE(engine_->same_person(references));
    EXPECT_EQ(references.front().data.size(), 4U + 128U);
}

TEST_F(PackCc0, CutsTheFaceAsItsNetReadsIt) {
    const auto frames = usable(media().second_man());
    const auto& seen = frames.at(0);

    EXPECT_EQ(seen.chip.size(), std::size_t{150} * 150 * 3);
    EXPECT_EQ(seen.aligned.size(), std::size_t{112} * 112 * 3) << "what quality is measured of stays";
}

TEST_F(PackCc0, RefusesTemplatesOfTheDefaultPack) {
    const auto other = make_engine(project_options()).value();
    const auto frames = usable(media().second_man());
    const auto foreign = other->observe(media().second_man().front()).value();
    ASSERT_TRUE(foreign.usable());
    const Observation* only = &foreign;
    const auto references = other->extract({&only, 1}).value();

    EXPECT_EQ(
        engine_->verify(engine_->extract(pointers(frames)).value(), references, kTargetFmr).error().code,
        ErrorCode::invalid_argument);
    EXPECT_TRUE(foreign.chip.empty()) << "no net of the default pack reads it";
    EXPECT_EQ(engine_->extract({&only, 1}).error().code, ErrorCode::invalid_argument);
}

TEST(PackInt8, MatchesAsTheDefaultPackButNeverWithItsTemplates) {
    auto options = project_options();
    const auto floats = make_engine(options).value();
    options.pack = "int8";
    const auto bytes = make_engine(options).value();
    const auto enrolled = testing::usable_frames(*bytes, media().first_man_a(), 3);
    const auto again = testing::usable_frames(*bytes, media().first_man_b(), 3);
    const auto other = testing::usable_frames(*bytes, media().second_man(), 3);
    const auto references = bytes->enrol(pointers(enrolled)).value();
    const auto verify = [&](FaceEngine& engine, const std::vector<Observation>& frames) {
        return engine.verify(engine.extract(pointers(frames)).value(), references, kTargetFmr);
    };

    EXPECT_EQ(verify(*bytes, again).value(), Match::match);
    EXPECT_EQ(verify(*bytes, other).value(), Match::no_match);
    EXPECT_EQ(verify(*floats, again).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace countersign::face
