#include "evaluation/error_rates.hpp"

#include <gtest/gtest.h>

namespace countersign::evaluation {
namespace {

Histogram of(std::initializer_list<double> scores) {
    Histogram histogram;
    for (const double score : scores)
        histogram.add(score);
    return histogram;
}

TEST(Histogram, PutsAScoreThatIsAnEdgeIntoItsOwnBin) {
    for (const double edge : {-1.0, -0.3, 0.0, 0.1, 0.2871, 0.7, 1.0})
        EXPECT_DOUBLE_EQ(Histogram::edge(Histogram::bin_of(edge)), edge);
    EXPECT_EQ(Histogram::bin_of(1.0000001), Histogram::kBins - 1) << "rounding of a cosine";
    EXPECT_DOUBLE_EQ(Histogram::edge(Histogram::bin_of(0.28719)), 0.2871);
}

// Ten genuine and ten impostor scores; every count below is made by hand.
class SmallSet : public ::testing::Test {
protected:
    const ErrorCurves curves{of({0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.9, 0.9, 0.9, 0.9}),
                             of({-0.1, 0.0, 0.0, 0.1, 0.1, 0.1, 0.2, 0.3, 0.3, 0.5})};

    Rate fmr(double threshold) const { return curves.fmr(Histogram::bin_of(threshold)); }
    Rate fnmr(double threshold) const { return curves.fnmr(Histogram::bin_of(threshold)); }
};

TEST_F(SmallSet, CountsAScoreAtTheThresholdAsAMatch) {
    EXPECT_EQ(fmr(0.3).errors, 3U);
    EXPECT_EQ(fmr(0.3001).errors, 1U);
    EXPECT_EQ(fnmr(0.4).errors, 1U);
    EXPECT_EQ(fnmr(0.4001).errors, 2U);
    EXPECT_EQ(fmr(0.3).trials, 10U);
    EXPECT_EQ(fnmr(0.3).trials, 10U);
}

TEST_F(SmallSet, HasItsEqualErrorWhereOneOfTenFailsOnEitherSide) {
    const EqualError equal = curves.equal_error();

    EXPECT_DOUBLE_EQ(equal.rate, 0.1);
    EXPECT_NEAR(Histogram::edge(equal.bin), 0.3001, 1e-9) << "the lowest such threshold";
}

TEST_F(SmallSet, GivesTheLowestThresholdThatKeepsAFalseMatchRate) {
    EXPECT_NEAR(Histogram::edge(curves.bin_at_fmr(0.3)), 0.2001, 1e-9);
    EXPECT_NEAR(Histogram::edge(curves.bin_at_fmr(0.1)), 0.3001, 1e-9);
    EXPECT_NEAR(Histogram::edge(curves.bin_at_fmr(0.05)), 0.5001, 1e-9) << "no impostor at all";
}

TEST_F(SmallSet, TradesOneRateForTheOther) {
    const auto points = curves.det(1000);

    EXPECT_EQ(points.front().fmr, 1);
    EXPECT_EQ(points.front().fnmr, 0);
    for (std::size_t i = 1; i < points.size(); ++i) {
        EXPECT_LE(points[i].fmr, points[i - 1].fmr);
        EXPECT_GE(points[i].fnmr, points[i - 1].fnmr);
    }
    EXPECT_EQ(points.back().fmr, 0);
    EXPECT_EQ(points.back().fnmr, 1);
    EXPECT_LE(curves.det(3).size(), 5U);
}

TEST(EqualErrorOf, SeparateScoresIsZero) {
    EXPECT_EQ(ErrorCurves(of({0.8, 0.9}), of({0.1, 0.2})).equal_error().rate, 0);
}

TEST(SupportedRate, NeedsThirtyFalseMatches) {
    EXPECT_FALSE(resolves(999, 1e-3));
    EXPECT_TRUE(resolves(1'000, 1e-3));
    EXPECT_FALSE(supports(2'999, 1e-2));
    EXPECT_TRUE(supports(3'000, 1e-2));
    EXPECT_FALSE(supports(7'255'532, 1e-6));
    EXPECT_TRUE(supports(7'255'532, 1e-5));
    EXPECT_EQ(impostors_needed(1e-6), 30'000'000U);
}

TEST(SupportedRate, IsNamedLikeTheTarget) {
    EXPECT_EQ(fmr_key(1e-2), "1e-2");
    EXPECT_EQ(fmr_key(1e-6), "1e-6");
}

}  // namespace
}  // namespace countersign::evaluation
