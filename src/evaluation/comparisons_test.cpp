#include "evaluation/comparisons.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "evaluation/bootstrap.hpp"
#include "evaluation/error_rates.hpp"
#include "tests/support/fake_measuring_engine.hpp"

namespace countersign::evaluation {
namespace {

using testing::kInOrder;
using testing::kSilent;

/// Three pictures of each of `subjects` people.
ComparisonList everyone(std::size_t subjects) {
    ComparisonList list;
    list.all_pairs = true;
    for (std::size_t i = 0; i < 3 * subjects; ++i)
        list.pictures.push_back({fmt::format("{}.jpg", i), fmt::format("subject {}", i / 3), {}});
    return list;
}

/// 0.8 for one person; for two people a spread from −0.5 to 0.5.
Result<double> made_up(std::size_t a, std::size_t b) {
    if (a / 3 == b / 3) return 0.8;
    return std::sin(static_cast<double>(a * 31 + b * 17)) / 2;
}

TEST(AllPairs, ComparesEveryPairOfPicturesOnce) {
    const auto list = everyone(20);

    const auto scores = compare(list, std::vector<bool>(60, true), made_up, kInOrder, kSilent);

    ASSERT_TRUE(scores);
    EXPECT_EQ(scores->genuine_histogram.total(), 20U * 3);
    EXPECT_EQ(scores->impostor_histogram.total(), 60U * 59 / 2 - 60);
    EXPECT_EQ(scores->genuine.size(), 60U);
}

TEST(AllPairs, KeepsTheHighestImpostorScoresOneByOne) {
    const auto scores = compare(everyone(20), std::vector<bool>(60, true), made_up, kInOrder, kSilent);

    ASSERT_TRUE(scores);
    const ErrorCurves curves(scores->genuine_histogram, scores->impostor_histogram);
    EXPECT_EQ(scores->impostor_tail.size(), curves.fmr(scores->tail_bin).errors);
    EXPECT_LE(curves.fmr(scores->tail_bin).value(), 0.1);
    EXPECT_GT(curves.fmr(scores->tail_bin - 1).value(), 0.1);
}

TEST(AllPairs, LeaveOutPicturesWithoutATemplate) {
    std::vector<bool> present(60, true);
    present[0] = present[1] = false;

    const auto scores = compare(everyone(20), present, made_up, kInOrder, kSilent);

    ASSERT_TRUE(scores);
    EXPECT_EQ(scores->genuine_histogram.total(), 57U) << "none is left of the first subject's three";
    EXPECT_EQ(scores->impostor_histogram.total(), 58U * 57 / 2 - 57);
}

TEST(AllPairs, EndWithTheErrorOfAComparison) {
    const Similarity broken = [](std::size_t, std::size_t) -> Result<double> {
        return fail(ErrorCode::invalid_argument, "not a template");
    };

    EXPECT_FALSE(compare(everyone(2), std::vector<bool>(6, true), broken, kInOrder, kSilent));
}

TEST(ListedPairs, AreComparedAsLabelled) {
    ComparisonList list = everyone(2);
    list.all_pairs = false;
    list.pairs = {{0, 1, true, ""}, {0, 3, false, ""}, {0, 5, false, ""}, {2, 4, false, ""}};
    std::vector<bool> present(6, true);
    present[4] = false;

    const auto scores = compare(list, present, made_up, kInOrder, kSilent);

    ASSERT_TRUE(scores);
    EXPECT_EQ(scores->genuine_histogram.total(), 1U);
    EXPECT_EQ(scores->impostor_histogram.total(), 2U);
    EXPECT_EQ(scores->impostor_tail.size(), 2U);
}

TEST(Bootstrap, DrawsAsManySubjectsAsThereAre) {
    const auto drawn = drawn_subjects(50, 1);

    std::uint32_t sum = 0;
    for (const auto count : drawn)
        sum += count;
    EXPECT_EQ(sum, 50U);
    EXPECT_EQ(drawn, drawn_subjects(50, 1)) << "the same seed gives the same report";
    EXPECT_NE(drawn, drawn_subjects(50, 2));
}

TEST(Bootstrap, PutsTheObservedRateInsideItsInterval) {
    const auto list = everyone(40);
    const std::vector<bool> present(120, true);
    // Every fourth subject is not recognised.
    const Similarity hard = [](std::size_t a, std::size_t b) -> Result<double> {
        if (a / 3 == b / 3 && (a / 3) % 4 == 0) return 0.0;
        return made_up(a, b);
    };
    const auto scores = compare(list, present, hard, kInOrder, kSilent);
    ASSERT_TRUE(scores);

    const auto intervals = bootstrap(list, present, *scores, {1e-2}, kInOrder);

    ASSERT_TRUE(intervals.fnmr_at_fmr.contains("1e-2"));
    const Interval interval = intervals.fnmr_at_fmr.at("1e-2");
    EXPECT_LT(interval.low, 0.25);
    EXPECT_GT(interval.high, 0.25);
    // Forty subjects: about 0.25 ± 1.96 √(0.25 · 0.75 / 40) = 0.12 … 0.38, wider than for 120 independent
    // pairs.
    EXPECT_NEAR(interval.low, 0.12, 0.05);
    EXPECT_NEAR(interval.high, 0.38, 0.05);
}

TEST(Bootstrap, GivesNoIntervalWithoutReplicates) {
    EXPECT_EQ(percentile_interval({}), std::nullopt);
    std::vector<double> values;
    for (int i = 0; i <= 400; ++i)
        values.push_back(i);
    EXPECT_EQ(percentile_interval(values)->low, 10);
    EXPECT_EQ(percentile_interval(values)->high, 390);
}

}  // namespace
}  // namespace countersign::evaluation
