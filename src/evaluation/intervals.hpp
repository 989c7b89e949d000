#pragma once

#include <cstdint>

namespace countersign::evaluation {

/// Two sides of a confidence interval of a rate.
struct Interval {
    double low{0};
    double high{1};
};

/// A rate with the counts it comes from. Without trials the rate is 0 and its interval [0, 1].
struct Rate {
    std::uint64_t errors{0};
    std::uint64_t trials{0};
    double value() const {
        return trials == 0 ? 0 : static_cast<double>(errors) / static_cast<double>(trials);
    }
};

/// The exact (Clopper–Pearson) 95 % interval of a binomial proportion, 2.5 % on each side. It takes the
/// trials for independent; where subjects recur, read it beside the bootstrap by subject. Source: Clopper &
/// Pearson 1934; ISO/IEC 19795-1.
Interval clopper_pearson(Rate rate);

/// The exact upper bound at 95 %, one-sided: with 0 errors of 100 it is 2.95 %.
double upper_bound(Rate rate);

}  // namespace countersign::evaluation
