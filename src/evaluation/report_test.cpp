#include <gtest/gtest.h>

#include "evaluation/html_report.hpp"
#include "evaluation/plot.hpp"
#include "tests/support/fake_measuring_engine.hpp"

namespace countersign::evaluation {
namespace {

using testing::kInOrder;

const Provenance kProvenance{"countersign evaluate identities --list <a&b>.csv",
                             "list.csv sha256 00",
                             {{"embedding", "net/1", "abcdef0123456789"}},
                             "manifest.toml sha256 11"};

/// 60 people with two pictures each, half of them in each of two groups; one picture has no face.
class Report : public ::testing::Test {
protected:
    Report() {
        list.all_pairs = true;
        list.group_columns = {"light"};
        for (std::size_t i = 0; i < 120; ++i) {
            list.pictures.push_back(
                {fmt::format("{}.jpg", i), fmt::format("{}", i / 2), {i < 60 ? "dim" : "bright"}});
            templates.templates.emplace_back(face::Template{"net/1", {}});
        }
        templates.templates[0].reset();
        templates.without_face = 1;
        scores = *compare(list, templates.present(), score_of, kInOrder, [](std::size_t, std::size_t) {});
        report = summarise(list, templates, scores, kInOrder);
    }

    /// Genuine pairs 0.9, but 0.1 in the first five bright ones; impostors 0 … 0.5.
    static Result<double> score_of(std::size_t a, std::size_t b) {
        if (a / 2 == b / 2) return a >= 60 && a < 70 ? 0.1 : 0.9;
        return static_cast<double>((a * 7 + b * 13) % 100) / 200;
    }

    ComparisonList list;
    TemplateSet templates;
    ScoreSet scores;
    VerificationReport report;
};

TEST_F(Report, GivesEachRateThatTheComparisonsResolveAndMarksThoseOnFewErrors) {
    const json::object document = to_json(report, list, scores, kProvenance);

    // 119 pictures, 59 genuine pairs: 6 962 impostor pairs support 1e-2; at 1e-3 six false matches remain.
    EXPECT_EQ(document.at("impostor").to_number<int>(), 119 * 118 / 2 - 59);
    EXPECT_EQ(document.at("support_at_fmr"), (json::object{{"1e-2", "rule_of_30"}, {"1e-3", "resolution"}}));
    EXPECT_EQ(document.at("fnmr_at_fmr").as_object().size(), 2U);
    EXPECT_EQ(document.at("unsupported_fmr").as_array().size(), 3U);
    EXPECT_EQ(document.at("unsupported_fmr").at(0).at("impostor_needed").to_number<int>(), 300'000);
}

TEST_F(Report, CountsErrorsByHand) {
    const json::object document = to_json(report, list, scores, kProvenance);

    EXPECT_DOUBLE_EQ(document.at("fnmr_at_fmr").at("1e-2").as_double(), 5.0 / 59);
    EXPECT_DOUBLE_EQ(document.at("fnmr_with_failures_at_fmr").at("1e-2").as_double(), 6.0 / 60)
        << "the genuine pair without a template counts as a non-match";
    EXPECT_DOUBLE_EQ(document.at("fte").as_double(), 1.0 / 120);
    EXPECT_DOUBLE_EQ(document.at("fta").as_double(), 0);
    EXPECT_EQ(document.at("genuine").to_number<int>(), 59);
    EXPECT_EQ(document.at("subjects").to_number<int>(), 60);
    EXPECT_FLOAT_EQ(document.at("worst").at("genuine").at(0).at("score").to_number<float>(), 0.1F);
}

TEST_F(Report, GivesAnIntervalThatHoldsEachRate) {
    const json::object document = to_json(report, list, scores, kProvenance);

    const auto& both = document.at("ci").at("fnmr_at_fmr").at("1e-2");
    for (const char* kind : {"clopper_pearson", "bootstrap"}) {
        EXPECT_LT(both.at(kind).at(0).as_double(), 5.0 / 59) << kind;
        EXPECT_GT(both.at(kind).at(1).as_double(), 5.0 / 59) << kind;
    }
}

TEST_F(Report, JudgesEachGroupAtTheThresholdOfAll) {
    ASSERT_EQ(report.groups.size(), 4U) << "two groups at two rates";
    EXPECT_EQ(report.groups[0].value, "bright");
    EXPECT_EQ(report.groups[0].false_non_match.errors, 5U);
    EXPECT_EQ(report.groups[0].false_non_match.trials, 30U);
    EXPECT_EQ(report.groups[0].false_match.trials, 60U * 59 / 2 - 30);
    EXPECT_EQ(report.groups[2].false_non_match.errors, 0U);
    EXPECT_EQ(report.groups[2].false_match.trials, 59U * 58 / 2 - 29);
}

TEST_F(Report, IsAPageOfItsOwnThatStatesWhereItComesFrom) {
    const std::string page = to_html(report, list, scores, kProvenance);

    EXPECT_NE(page.find("abcdef0123456789"), std::string::npos);
    EXPECT_NE(page.find("list.csv sha256 00"), std::string::npos);
    EXPECT_NE(page.find("manifest.toml sha256 11"), std::string::npos);
    EXPECT_NE(page.find("--list &lt;a&amp;b&gt;.csv"), std::string::npos);
    EXPECT_NE(page.find("<polyline"), std::string::npos);
    EXPECT_EQ(page.find("http"), std::string::npos) << "it must load nothing";
    EXPECT_NE(page.find("<td>60.jpg</td>"), std::string::npos) << "of the worst genuine pair";
    EXPECT_EQ(page.find("<img"), std::string::npos) << "it must show no picture";
}

TEST(FoldReport, JudgesEachFoldAtTheThresholdOfTheOthers) {
    ComparisonList list;
    for (int i = 0; i < 8; ++i)
        list.pictures.push_back({fmt::format("{}", i), fmt::format("{}", i), {}});
    list.group_columns = {"light"};
    list.pairs = {{0, 1, true, "1", {"dim"}},
                  {2, 3, false, "1", {"dim"}},
                  {4, 5, true, "2", {"dim"}},
                  {6, 7, false, "2", {"bright"}}};
    TemplateSet templates;
    for (int i = 0; i < 8; ++i)
        templates.templates.emplace_back(face::Template{"net/1", {}});
    // The threshold that divides fold 1 (just above 0.1) lets the impostor of fold 2 through; that of fold 2
    // does not recognise the genuine pair of fold 1.
    const std::map<std::size_t, double> by_first{{0, 0.3}, {2, 0.1}, {4, 0.8}, {6, 0.5}};
    const auto scores = compare(
        list, templates.present(),
        [&](std::size_t a, std::size_t) -> Result<double> { return by_first.at(a); }, kInOrder,
        [](std::size_t, std::size_t) {});

    const auto report = summarise(list, templates, *scores, kInOrder);

    ASSERT_TRUE(report.folds);
    EXPECT_EQ(report.folds->folds, 2U);
    EXPECT_DOUBLE_EQ(report.folds->mean, 0.5);
    EXPECT_TRUE(report.points.empty());
}

TEST(EscapedHtml, CannotEndATextOrAnAttribute) {
    EXPECT_EQ(escape_html("<a href=\"x\">&"), "&lt;a href=&quot;x&quot;&gt;&amp;");
}

}  // namespace
}  // namespace countersign::evaluation
