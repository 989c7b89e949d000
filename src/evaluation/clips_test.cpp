#include "evaluation/clips.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <fstream>

#include "tests/support/fake_measuring_engine.hpp"

namespace countersign::evaluation {
namespace {

using testing::kInOrder;
using testing::kSilent;

/// A face is a number, and two are as alike as their numbers are near: "0.5". "wall" has no face; a number
/// that ends with "?" is not good enough for a capture.
class NumberEngine final : public testing::FakeMeasuringEngine {
public:
    Result<face::Observation> observe(ByteView encoded) override {
        auto seen = FakeMeasuringEngine::observe(encoded);
        if (as_text(encoded).ends_with('?')) seen->hint = face::Hint::blurry;
        return seen;
    }
    Result<double> similarity(const face::Template& a, const face::Template& b) const override {
        return 1 - std::abs(number(a) - number(b));
    }

private:
    static double number(const face::Template& of) { return std::stod(std::string(as_text(of.data.view()))); }
};

class Clips : public ::testing::Test {
protected:
    void SetUp() override { std::filesystem::create_directories(root_); }
    void TearDown() override { std::filesystem::remove_all(root_); }

    /// A clip whose frames show these faces.
    void clip(const std::string& name, const std::string& subject, const std::vector<std::string>& faces) {
        ListedClip made{name, subject, {}};
        for (const std::string& face : faces) {
            made.paths.push_back(fmt::format("{}-{}.jpg", name, made.paths.size()));
            std::ofstream(root_ / made.paths.back()) << "\xFF\xD8\xFF" << face;  // begins like a JPEG
        }
        list_.push_back(std::move(made));
    }
    ClipTemplates templates() {
        return make_clip_templates(list_, {engine_, root_, nullptr}, 2, kInOrder, kSilent).value();
    }
    Result<ClipStudy> study() { return study_clips(list_, templates(), engine_, 2, kInOrder, kSilent); }

    NumberEngine engine_;
    std::vector<ListedClip> list_;
    const std::filesystem::path root_ =
        std::filesystem::temp_directory_path() / fmt::format("countersign-clips-{}", getpid());
};

TEST_F(Clips, CompareTheSameFramesOneByOneAndByTheRuleOfTheServer) {
    clip("a1", "anna", {"0.10", "0.50"});
    clip("a2", "anna", {"0.12", "0.54"});
    clip("b1", "bert", {"0.90", "0.98"});

    const auto made = study().value();

    EXPECT_TRUE(made.across_clips);
    EXPECT_EQ(made.groups, 3U);
    EXPECT_EQ(made.single.genuine.histogram.total(), 4U);
    EXPECT_EQ(made.multi.genuine.histogram.total(), 1U);
    EXPECT_EQ(made.single.impostor.histogram.total(), 8U);
    EXPECT_NEAR(made.single.genuine.least, 0.56, 1e-9);
    EXPECT_NEAR(made.multi.genuine.mean(), (0.98 + 0.96) / 2, 1e-9) << "each probe with its best reference";
    EXPECT_NEAR(made.multi.impostor.most, (0.64 + 0.56) / 2, 1e-9);
    const auto document = to_json(made, templates(), {});
    EXPECT_EQ(document.at("genuine_comparisons").as_string(), "across_clips");
    EXPECT_EQ(document.at("multi").as_object().at("eer").as_double(), 0.0);
    EXPECT_EQ(document.at("multi").as_object().at("unsupported_fmr").as_array().size(), 5U)
        << "two comparisons resolve no rate";
    EXPECT_EQ(document.at("multi").at("unsupported_fmr").at(0).at("impostor_needed").to_number<int>(), 3000);
    EXPECT_NE(to_text(made, templates()).find("not resolved"), std::string::npos);
}

TEST_F(Clips, AreComparedWithinThemselvesWhereEverybodyHasOne) {
    clip("a1", "anna", {"0.10", "0.20", "0.12", "0.22"});
    clip("b1", "bert", {"0.90", "0.98"});

    const auto made = study().value();

    EXPECT_FALSE(made.across_clips);
    EXPECT_EQ(made.multi.genuine.histogram.total(), 1U);
    EXPECT_EQ(made.multi.impostor.histogram.total(), 2U);
    EXPECT_NE(to_text(made, templates()).find("within a clip"), std::string::npos);
}

TEST_F(Clips, TakeFramesThatACaptureTakesAndOthersWhereThoseAreTooFew) {
    clip("a1", "anna", {"0.10", "wall", "0.50?", "0.20"});
    clip("b1", "bert", {"0.90?", "0.98", "wall"});
    list_.push_back({"c1", "carl", {"missing.jpg"}});

    const auto made = templates();

    EXPECT_EQ(made.clips[0].size(), 2U);
    EXPECT_EQ(made.clips[1].size(), 2U);
    EXPECT_TRUE(made.clips[2].empty());
    EXPECT_EQ(made.left_out, 3U);
    ASSERT_EQ(made.failures.size(), 1U);
    EXPECT_EQ(made.failures[0].path, "missing.jpg");
}

TEST_F(Clips, OfOnePersonAloneGiveNoFigure) {
    clip("a1", "anna", {"0.10", "0.20", "0.12", "0.22"});
    EXPECT_EQ(study().error().code, ErrorCode::invalid_argument);
}

TEST(Separation, IsTheDistanceOfTheMeansInCommonDeviations) {
    ComparisonScores scores;
    for (const double score : {0.7, 0.9})
        scores.genuine.add(score);
    for (const double score : {0.1, 0.3})
        scores.impostor.add(score);
    EXPECT_NEAR(scores.separation(), 6, 1e-9);
    EXPECT_EQ(ComparisonScores{}.separation(), 0);
}

Result<std::vector<ListedClip>> read(const std::string& text) {
    return clips_list(CS_TRY(parse_csv(text, "clips.csv")));
}

TEST(ListOfClips, GathersTheRowsOfAClipAndTakesAPathForOneWithoutTheColumn) {
    const auto gathered = read("path,identity,clip\n1.jpg,anna,a\n2.jpg,bert,b\n3.jpg,anna,a\n").value();
    ASSERT_EQ(gathered.size(), 2U);
    EXPECT_EQ(gathered[0].paths, (std::vector<std::string>{"1.jpg", "3.jpg"}));
    EXPECT_EQ(read("file,person\nd1.mp4,anna\nd2.mp4,anna\n")->size(), 2U);
}

TEST(ListOfClips, NamesWhatIsWrong) {
    EXPECT_NE(read("path\n1.jpg\n").error().detail.find("identity"), std::string::npos);
    EXPECT_NE(read("path,identity\n1.jpg,\n").error().detail.find("2"), std::string::npos);
    EXPECT_NE(read("path,identity,clip\n1.jpg,anna,a\n2.jpg,bert,a\n").error().detail.find("two identities"),
              std::string::npos);
}

}  // namespace
}  // namespace countersign::evaluation
