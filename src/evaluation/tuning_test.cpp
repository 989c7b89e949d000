#include "evaluation/tuning.hpp"

#include <gtest/gtest.h>

#include "tests/support/fake_measuring_engine.hpp"

namespace countersign::evaluation {
namespace {

using testing::kInOrder;
using testing::kSilent;

ComparisonList people(std::size_t subjects, std::size_t pictures_each) {
    ComparisonList list;
    list.all_pairs = true;
    for (std::size_t i = 0; i < subjects * pictures_each; ++i)
        list.pictures.push_back({fmt::format("{}.jpg", i), fmt::format("{}", i / pictures_each), {}});
    return list;
}

/// Impostors score 0 … 0.5 by picture, everybody 0.9 against their own.
Result<Tuning> tuned(const ComparisonList& list, std::size_t pictures_each, double fmr) {
    const auto score = [=](std::size_t a, std::size_t b) -> Result<double> {
        if (a / pictures_each == b / pictures_each) return 0.9;
        return static_cast<double>((a * 7 + b * 13) % 100) / 200;
    };
    return tune(list, std::vector<bool>(list.pictures.size(), true), score, fmr, kInOrder, kSilent);
}

TEST(Tuning, UsesCapturesOfThreeWhereTheyAreEnough) {
    const auto tuning = tuned(people(50, 6), 6, 1e-2);  // 100 captures, 4 900 impostor comparisons

    ASSERT_TRUE(tuning) << tuning.error().detail;
    EXPECT_EQ(tuning->basis, TuningBasis::captures);
    const TunedThreshold& target = tuning->points.back();
    EXPECT_EQ(target.false_match.trials, 4900U);
    EXPECT_LE(target.false_match.value(), 1e-2);
    EXPECT_EQ(target.false_non_match.errors, 0U);
    ASSERT_TRUE(target.by_subject);
    EXPECT_LE(target.by_subject->low, target.threshold);
}

TEST(Tuning, ReadsOffANinthOfTheRateFromSinglePictures) {
    const auto tuning = tuned(people(250, 1), 1, 1e-2);  // 31 125 pairs; 27 000 are needed

    ASSERT_TRUE(tuning) << tuning.error().detail;
    EXPECT_EQ(tuning->basis, TuningBasis::single_pictures);
    EXPECT_LE(tuning->points.back().false_match.value(), 1e-2 / 9);
}

TEST(Tuning, RefusesARateThatTheListCannotSupportAndSaysWhatItNeeds) {
    const auto tuning = tuned(people(20, 3), 3, 1e-2);

    ASSERT_FALSE(tuning);
    EXPECT_EQ(
        tuning.error().detail,
        "an FMR of 0.01 needs 3000 impostor comparisons of captures (three pictures of a person each; the "
        "list makes 190) or 27000 of single pictures (it makes 1710)");
}

TEST(Tuning, WritesAPolicyThatNamesItsModel) {
    const auto tuning = tuned(people(50, 6), 6, 1e-2);
    const std::string text =
        to_toml(*tuning, {"countersign tune", "list.csv sha256 00", {{"embedding", "net/1", "abcd"}}});

    EXPECT_NE(text.find("schema = 1\nembedding_sha256 = \"abcd\"\ncalibration_fmr = [0.01]\n"),
              std::string::npos)
        << text;
}

}  // namespace
}  // namespace countersign::evaluation
