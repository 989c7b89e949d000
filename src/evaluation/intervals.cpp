#include "evaluation/intervals.hpp"

#include <boost/math/special_functions/beta.hpp>

namespace countersign::evaluation {
namespace {

/// Largest p at which `errors` or fewer still happen with probability `tail`.
double upper(Rate rate, double tail) {
    if (rate.errors >= rate.trials) return 1;
    return boost::math::ibeta_inv(static_cast<double>(rate.errors) + 1,
                                  static_cast<double>(rate.trials - rate.errors), 1 - tail);
}

double lower(Rate rate, double tail) {
    if (rate.errors == 0) return 0;
    return boost::math::ibeta_inv(static_cast<double>(rate.errors),
                                  static_cast<double>(rate.trials - rate.errors) + 1, tail);
}

}  // namespace

Interval clopper_pearson(Rate rate) {
    return {lower(rate, 0.025), upper(rate, 0.025)};
}

double upper_bound(Rate rate) {
    return upper(rate, 0.05);
}

}  // namespace countersign::evaluation
