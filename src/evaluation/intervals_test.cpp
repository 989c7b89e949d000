#include "evaluation/intervals.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace countersign::evaluation {
namespace {

// One-sided bounds for no error in n trials are 1 − 0.05^(1/n), as tables for ISO/IEC 30107-3 tests print
// them.
TEST(UpperBound, IsTheTabulatedOneWhenNoErrorWasSeen) {
    EXPECT_NEAR(upper_bound({0, 100}), 0.0295, 5e-5);
    EXPECT_NEAR(upper_bound({0, 150}), 0.0198, 5e-5);
    EXPECT_NEAR(upper_bound({0, 200}), 0.0149, 5e-5);
    EXPECT_NEAR(upper_bound({0, 300}), 0.0099, 6e-5);
    EXPECT_LT(upper_bound({0, 2996}), 1e-3) << "the rule of three, exactly";
    EXPECT_GT(upper_bound({0, 2993}), 1e-3);
}

// Two-sided values found in any statistics package (R: binom.test).
TEST(ClopperPearson, GivesTheTextbookIntervals) {
    const Interval five_of_hundred = clopper_pearson({5, 100});
    EXPECT_NEAR(five_of_hundred.low, 0.016432, 1e-5);
    EXPECT_NEAR(five_of_hundred.high, 0.112835, 1e-5);

    const Interval none_of_ten = clopper_pearson({0, 10});
    EXPECT_EQ(none_of_ten.low, 0);
    EXPECT_NEAR(none_of_ten.high, 1 - std::pow(0.025, 0.1), 1e-9);

    const Interval all_of_ten = clopper_pearson({10, 10});
    EXPECT_NEAR(all_of_ten.low, std::pow(0.025, 0.1), 1e-9);
    EXPECT_EQ(all_of_ten.high, 1);
}

TEST(ClopperPearson, KnowsNothingWithoutTrials) {
    EXPECT_EQ(clopper_pearson({0, 0}).low, 0);
    EXPECT_EQ(clopper_pearson({0, 0}).high, 1);
    EXPECT_EQ((Rate{0, 0}.value()), 0);
}

RC_GTEST_PROP(ClopperPearson, HoldsTheObservedRate, ()) {
    const auto trials = *rc::gen::inRange<std::uint64_t>(1, 100'000);
    const auto errors = *rc::gen::inRange<std::uint64_t>(0, trials + 1);
    const Rate rate{errors, trials};
    const Interval interval = clopper_pearson(rate);
    RC_ASSERT(0 <= interval.low && interval.low <= rate.value());
    RC_ASSERT(rate.value() <= interval.high && interval.high <= 1);
}

}  // namespace
}  // namespace countersign::evaluation
