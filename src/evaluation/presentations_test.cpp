#include "evaluation/presentations.hpp"

#include <gtest/gtest.h>

namespace countersign::evaluation {
namespace {

const ParallelFor kInOrder = [](std::size_t count, const std::function<void(std::size_t)>& body) {
    for (std::size_t i = 0; i < count; ++i)
        body(i);
};
constexpr face::LivenessPoint kPoint{0.5, 3};

Presentation live(std::string subject, std::string clip = "") {
    return {"x.jpg", true, "unspecified", std::move(subject), std::move(clip)};
}
Presentation attack(std::string species, std::string subject, std::string clip = "") {
    return {"x.jpg", false, std::move(species), std::move(subject), std::move(clip)};
}

TEST(PadRates, HeadlineIsTheWorstSpecies) {
    const std::vector<Presentation> list{
        live("a"),           live("b"),          attack("print", "a"), attack("print", "b"),
        attack("mask", "a"), attack("mask", "b")};
    const PictureScores scores{{0.9, 0.4, 0.1, 0.2, 0.6, 0.3}, 0, 0, 0};

    const PadRates rates = pad_rates(judge_pictures(list, scores, kPoint));

    EXPECT_EQ(rates.worst_species, "mask");
    EXPECT_DOUBLE_EQ(rates.worst().value(), 0.5);
    EXPECT_DOUBLE_EQ(rates.apcer.at("print").value(), 0);
    EXPECT_DOUBLE_EQ(rates.bpcer.value(), 0.5);
    EXPECT_DOUBLE_EQ(rates.auc, 7.0 / 8) << "of eight pairs only 0.4 against 0.6 is the wrong way round";
}

TEST(PadRates, CountAScoreAtTheThresholdAsLiveAndATieAsHalf) {
    const std::vector<Presentation> list{live("a"), attack("print", "a")};
    const PictureScores scores{{0.5, 0.5}, 0, 0, 0};

    const PadRates rates = pad_rates(judge_pictures(list, scores, kPoint));

    EXPECT_EQ(rates.bpcer.errors, 0U);
    EXPECT_EQ(rates.worst().errors, 1U);
    EXPECT_DOUBLE_EQ(rates.auc, 0.5);
}

TEST(PadRates, KeepNonResponsesApart) {
    const std::vector<Presentation> list{live("a"), live("b"), attack("print", "a"), attack("print", "b")};
    const PictureScores scores{{0.9, std::nullopt, std::nullopt, 0.1}, 2, 0, 0};

    const PadRates rates = pad_rates(judge_pictures(list, scores, kPoint));

    EXPECT_DOUBLE_EQ(rates.bpnrr.value(), 0.5);
    EXPECT_DOUBLE_EQ(rates.apnrr.value(), 0.5);
    EXPECT_EQ(rates.bpcer.trials, 1U);
    EXPECT_EQ(rates.apcer.at("print").trials, 1U);
}

TEST(PadRates, ListASpeciesThatNeverGotAResponse) {
    const PadRates rates =
        pad_rates(judge_pictures({live("a"), attack("mask", "a")}, {{0.9, std::nullopt}, 1, 0, 0}, kPoint));

    EXPECT_EQ(rates.apcer.at("mask").trials, 0U);
    EXPECT_DOUBLE_EQ(rates.apnrr.value(), 1);
}

TEST(Clips, AreJudgedByTheLowerMedianOfEnoughFrames) {
    const std::vector<Presentation> list{live("a", "steady"),
                                         live("a", "steady"),
                                         live("a", "steady"),  // 0.9 0.1 0.8: median 0.8
                                         live("b", "doubt"),
                                         live("b", "doubt"),
                                         live("b", "doubt"),
                                         live("b", "doubt"),  // lower middle 0.4
                                         live("c", "short"),
                                         live("c", "short"),  // two frames are too few
                                         live("d")};          // no clip
    const PictureScores scores{{0.9, 0.1, 0.8, 0.9, 0.9, 0.4, 0.1, 0.9, 0.9, 0.9}, 0, 0, 0};

    const auto clips = judge_clips(list, scores, kPoint);

    ASSERT_EQ(clips.size(), 3U);
    for (const Judged& clip : clips)
        EXPECT_EQ(clip.accepted, clip.subject == "a") << clip.subject;
}

TEST(Clips, WithoutAnyFaceAreNonResponses) {
    const auto clips =
        judge_clips({live("a", "c"), live("a", "c")}, {{std::nullopt, std::nullopt}, 2, 0, 0}, kPoint);

    ASSERT_EQ(clips.size(), 1U);
    EXPECT_EQ(clips[0].score, std::nullopt);
    EXPECT_FALSE(clips[0].accepted);
}

TEST(PadBootstrap, IsWiderThanIndependentPicturesWouldBe) {
    std::vector<Judged> judged;
    for (int subject = 0; subject < 6; ++subject) {
        for (int i = 0; i < 100; ++i) {
            judged.push_back({true, "", fmt::format("{}", subject), 0.9, true});
            judged.push_back({false, "print", fmt::format("{}", subject), 0.1, subject == 0});
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
