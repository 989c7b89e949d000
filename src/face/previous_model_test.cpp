#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "tests/support/face_fixture.hpp"

namespace countersign::face {
namespace {

using testing::kRoot;
using testing::kTargetFmr;
using testing::media;
using testing::pointers;
using testing::project_options;

std::string project_manifest() {
    std::ifstream stream(kRoot / "models/manifest.toml");
    std::stringstream text;
    text << stream.rdbuf();
    return text.str();
}

/// The table `[name]`, up to the next one.
std::string table_of(const std::string& manifest, const std::string& name) {
    const auto begin = manifest.find("[" + name + "]");
    return manifest.substr(begin, manifest.find("\n[", begin) - begin) + "\n";
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

/// The project's manifest with a second pack `before`: the same nets, but the embedding is of another version
/// and matches at `threshold` only.
class PreviousModelTest : public ::testing::Test {
protected:
    PreviousModelTest() {
        const auto text = project_manifest();
        auto model = replaced(table_of(text, "model.fr_feature"), "[model.fr_feature]", "[model.before]");
        model = replaced(std::move(model), "version = \"0.0.1\"", "version = \"7\"");
        model_ = std::move(model);
        pack_ = replaced(table_of(text, "pack.default"), "[pack.default]", "[pack.before]");
        pack_ = replaced(std::move(pack_), "embedding = \"fr_feature\"", "embedding = \"before\"");
        options_.manifest = file_;
        options_.previous_pack = "before";
    }
    ~PreviousModelTest() override { std::filesystem::remove(file_); }

    Result<std::unique_ptr<FaceEngine>> make(const std::string& pack) {
        std::ofstream(file_) << project_manifest() << "\n" << model_ << "\n" << pack << "\n";
        return make_engine(options_);
    }

    static std::vector<Observation> frames(FaceEngine& engine, const std::vector<Bytes>& pictures) {
        return testing::usable_frames(engine, pictures, 3);
    }

    EngineOptions options_ = project_options();
    std::string model_;
    std::string pack_;
    std::filesystem::path file_ =
        std::filesystem::temp_directory_path() / fmt::format("countersign-packs-{}.toml", getpid());
};

TEST_F(PreviousModelTest, DecidesWithTheThresholdsOfTheModelThatMadeTheTemplates) {
    const auto at = pack_.find("calibration_threshold");
    const auto strict = pack_.substr(0, at) + "calibration_threshold = [0.96, 0.97, 0.98, 0.99]\n";
    const auto engine = make(strict);
    ASSERT_TRUE(engine.has_value()) << engine.error().detail;
    FaceEngine& face = **engine;
    EXPECT_EQ(face.previous_model(), "before/7");
    const auto first = frames(face, media().first_man_a());
    const auto again = frames(face, media().first_man_b());

    const auto current =
        face.verify(face.extract(pointers(again)).value(), face.extract(pointers(first)).value(), kTargetFmr);
    const auto previous = face.verify(face.extract_previous(pointers(again)).value(),
                                      face.extract_previous(pointers(first)).value(), kTargetFmr);

    EXPECT_EQ(current.value(), Match::match);
    EXPECT_EQ(previous.value(), Match::no_match);
}

TEST_F(PreviousModelTest, ComparesWithinAModelOnly) {
    const auto engine = make(pack_);
    ASSERT_TRUE(engine.has_value()) << engine.error().detail;
    FaceEngine& face = **engine;
    const auto seen = frames(face, media().first_man_a());
    const auto current = face.extract(pointers(seen)).value();
    const auto previous = face.extract_previous(pointers(seen)).value();

    EXPECT_EQ(previous.front().model, "before/7");
    EXPECT_TRUE(face.same_person(previous));
    EXPECT_EQ(face.verify(previous, previous, kTargetFmr).value(), Match::match);
    EXPECT_EQ(face.verify(current, previous, kTargetFmr).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(face.verify(previous, current, kTargetFmr).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(face.enrol(pointers(seen)).value().front().model, face.embedding_model());
    EXPECT_TRUE(face.self_test().has_value());
}

TEST_F(PreviousModelTest, WithoutAPreviousPackKnowsOneModel) {
    options_.previous_pack.clear();
    const auto engine = make(pack_);
    ASSERT_TRUE(engine.has_value()) << engine.error().detail;
    const auto seen = frames(**engine, media().first_man_a());

    EXPECT_EQ((*engine)->previous_model(), "");
    EXPECT_EQ((*engine)->extract_previous(pointers(seen)).error().code, ErrorCode::unavailable);
}

TEST_F(PreviousModelTest, RefusesToStartWithAPreviousPackThatHelpsNobody) {
    options_.previous_pack = "default";
    const auto same = make(pack_);
    ASSERT_FALSE(same.has_value());
    EXPECT_NE(same.error().detail.find("face.previous_pack"), std::string::npos) << same.error().detail;

    options_.previous_pack = "nonexistent";
    const auto missing = make(pack_);
    ASSERT_FALSE(missing.has_value());
    EXPECT_NE(missing.error().detail.find("nonexistent"), std::string::npos) << missing.error().detail;
}

}  // namespace
}  // namespace countersign::face
