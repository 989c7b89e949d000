#include "evaluation/pad_curve.hpp"

#include <gtest/gtest.h>

#include "tests/support/fake_measuring_engine.hpp"

namespace countersign::evaluation {
namespace {

using testing::kInOrder;
constexpr face::LivenessPoint kPoint{0.5, 3};

Presentation live(std::string subject, std::string clip = "") {
    return {"x.jpg", true, "unspecified", std::move(subject), std::move(clip)};
}
Presentation attack(std::string species, std::string subject, std::string clip = "") {
    return {"x.jpg", false, std::move(species), std::move(subject), std::move(clip)};
}

/// One frame with a face for each score, none where there is none.
PresentationScores scored(const std::vector<std::optional<double>>& rows) {
    PresentationScores scores;
    for (const auto& score : rows) {
        scores.rows.push_back({{}, 1});
        if (score) scores.rows.back().frames.push_back({*score, true});
    }
    return scores;
}

TEST(PadRates, HeadlineIsTheWorstSpecies) {
    const std::vector<Presentation> list{
        live("a"),           live("b"),          attack("print", "a"), attack("print", "b"),
        attack("mask", "a"), attack("mask", "b")};

    const PadRates rates = pad_rates(judge_rows(list, scored({0.9, 0.4, 0.1, 0.2, 0.6, 0.3}), kPoint));

    EXPECT_EQ(rates.worst_species, "mask");
    EXPECT_DOUBLE_EQ(rates.worst().value(), 0.5);
    EXPECT_DOUBLE_EQ(rates.apcer.at("print").value(), 0);
    EXPECT_DOUBLE_EQ(rates.bpcer.value(), 0.5);
    EXPECT_DOUBLE_EQ(rates.auc, 7.0 / 8) << "of eight pairs only 0.4 against 0.6 is the wrong way round";
}

TEST(PadRates, CountAScoreAtTheThresholdAsLiveAndATieAsHalf) {
    const PadRates rates =
        pad_rates(judge_rows({live("a"), attack("print", "a")}, scored({0.5, 0.5}), kPoint));

    EXPECT_EQ(rates.bpcer.errors, 0U);
    EXPECT_EQ(rates.worst().errors, 1U);
    EXPECT_DOUBLE_EQ(rates.auc, 0.5);
}

TEST(PadRates, KeepNonResponsesApart) {
    const std::vector<Presentation> list{live("a"), live("b"), attack("print", "a"), attack("print", "b")};

    const PadRates rates =
        pad_rates(judge_rows(list, scored({0.9, std::nullopt, std::nullopt, 0.1}), kPoint));

    EXPECT_DOUBLE_EQ(rates.bpnrr.value(), 0.5);
    EXPECT_DOUBLE_EQ(rates.apnrr.value(), 0.5);
    EXPECT_EQ(rates.bpcer.trials, 1U);
    EXPECT_EQ(rates.apcer.at("print").trials, 1U);
}

TEST(PadRates, ListASpeciesThatNeverGotAResponse) {
    const PadRates rates =
        pad_rates(judge_rows({live("a"), attack("mask", "a")}, scored({0.9, std::nullopt}), kPoint));

    EXPECT_EQ(rates.apcer.at("mask").trials, 0U);
    EXPECT_DOUBLE_EQ(rates.apnrr.value(), 1);
}

TEST(Presentations, OfAClipAreJudgedByTheLowerMedianOfItsFrames) {
    const std::vector<Presentation> list{
        live("a", "steady"), live("a", "steady"), live("a", "steady"), live("b", "doubt"),
        live("b", "doubt"),  live("b", "doubt"),  live("b", "doubt"),  live("d")};

    const auto judged = judge_presentations(list, scored({0.9, 0.1, 0.8, 0.9, 0.9, 0.4, 0.1, 0.2}), kPoint);

    ASSERT_EQ(judged.size(), 3U);
    EXPECT_DOUBLE_EQ(*judged[0].score, 0.8);
    EXPECT_DOUBLE_EQ(*judged[1].score, 0.4) << "of four the lower middle one";
    EXPECT_FALSE(judged[1].accepted);
    EXPECT_EQ(judged[2].name, "x.jpg");
}

TEST(Presentations, OfOneClipNameButTwoSubjectsAreTwoClips) {
    const std::vector<Presentation> list{live("a", "1"), live("b", "1"), live("a", "1")};

    EXPECT_EQ(judge_presentations(list, scored({0.9, 0.9, 0.9}), kPoint).size(), 2U);
}

TEST(Presentations, CountFramesThatACaptureWouldKeepWhenThereAreEnough) {
    const std::vector<Presentation> list{live("a"), live("b")};
    PresentationScores scores;
    scores.rows.push_back(
        {{{0.9, true}, {0.9, true}, {0.8, true}, {0.1, false}, {0.1, false}, {0.1, false}}, 6});
    scores.rows.push_back({{{0.9, true}, {0.9, true}, {0.1, false}, {0.1, false}, {0.1, false}}, 5});

    const auto judged = judge_presentations(list, scores, kPoint);

    EXPECT_DOUBLE_EQ(*judged[0].score, 0.9);
    EXPECT_DOUBLE_EQ(*judged[1].score, 0.1) << "two are too few for the policy: all frames with a face count";
}

TEST(Presentations, WithTooFewFacesAreNonResponses) {
    PresentationScores scores;
    scores.rows.push_back({{{0.9, true}, {0.9, true}}, 20});  // a video with a face in two frames
    scores.rows.push_back({{{0.9, true}, {0.9, true}}, 2});   // a video of two frames

    const auto judged = judge_presentations({live("a"), live("b")}, scores, kPoint);

    EXPECT_EQ(judged[0].score, std::nullopt);
    EXPECT_FALSE(judged[0].accepted);
    EXPECT_TRUE(judged[1].accepted);
}

TEST(PadCurve, TradesTheWorstSpeciesAgainstTheLive) {
    const std::vector<Presentation> list{live("a"), live("b"), attack("print", "a"), attack("mask", "a")};

    const auto curve = pad_curve(judge_rows(list, scored({0.9, 0.4, 0.1, 0.6}), kPoint));

    EXPECT_DOUBLE_EQ(at_apcer(curve, 0.1)->threshold, 0.9);
    EXPECT_DOUBLE_EQ(at_apcer(curve, 0.1)->bpcer, 0.5);
    EXPECT_DOUBLE_EQ(at_apcer(curve, 1)->bpcer, 0);
    EXPECT_TRUE(pad_curve(judge_rows({live("a")}, scored({0.9}), kPoint)).empty());
}

TEST(PadBootstrap, IsWiderThanIndependentPicturesWouldBe) {
    std::vector<Judged> judged;
    for (int subject = 0; subject < 6; ++subject) {
        for (int i = 0; i < 100; ++i) {
            judged.push_back({true, "", fmt::format("{}", subject), 0.9, true, ""});
            judged.push_back({false, "print", fmt::format("{}", subject), 0.1, subject == 0, ""});
        }
    }
    const PadRates rates = pad_rates(judged);
    const PadIntervals intervals = pad_bootstrap(judged, kInOrder);
    const Interval exact = clopper_pearson(rates.worst());

    ASSERT_TRUE(intervals.worst);
    EXPECT_LT(intervals.worst->low, exact.low);
    EXPECT_GT(intervals.worst->high, exact.high);
    EXPECT_EQ(intervals.bpcer->high, 0);
}

}  // namespace
}  // namespace countersign::evaluation
