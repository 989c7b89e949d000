#include "evaluation/error_rates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace countersign::evaluation {
namespace {

constexpr double kRounding = 1e-9;  // 3000 × 1e-3 must be 3 in spite of binary fractions

}  // namespace

std::string fmr_key(double fmr) {
    return fmt::format("1e{}", std::lround(std::log10(fmr)));
}

std::uint64_t impostors_needed(double fmr) {
    return static_cast<std::uint64_t>(std::llround(30 / fmr));
}

bool supports(std::uint64_t impostors, double fmr) {
    return impostors >= impostors_needed(fmr);
}

bool resolves(std::uint64_t impostors, double fmr) {
    return static_cast<double>(impostors) * fmr >= 1 - kRounding;
}

std::size_t ErrorCurves::bin_at_fmr(double fmr_limit) const {
    const auto allowed = static_cast<double>(impostor_.front()) * fmr_limit + kRounding;
    const auto found = std::ranges::find_if(
        impostor_, [&](std::uint64_t above) { return static_cast<double>(above) <= allowed; });
    return static_cast<std::size_t>(found - impostor_.begin());
}

EqualError ErrorCurves::equal_error() const {
    EqualError best;
    double smallest = 2;
    for (std::size_t bin = 0; bin < impostor_.size(); ++bin) {
        const double false_match = fmr(bin).value();
        const double false_non_match = fnmr(bin).value();
        const double gap = std::abs(false_match - false_non_match);
        if (gap < smallest) {
            smallest = gap;
            best = {(false_match + false_non_match) / 2, bin};
        }
    }
    return best;
}

std::vector<DetPoint> ErrorCurves::det(std::size_t limit) const {
    std::vector<DetPoint> points;
    for (std::size_t bin = 0; bin < impostor_.size(); ++bin) {
        const bool changes =
            bin == 0 || impostor_[bin] != impostor_[bin - 1] || genuine_[bin] != genuine_[bin - 1];
        if (changes) points.push_back({fmr(bin).value(), fnmr(bin).value()});
    }
    const std::size_t stride = std::max<std::size_t>(1, points.size() / std::max<std::size_t>(limit, 1));
    std::vector<DetPoint> thinned;
    for (std::size_t i = 0; i < points.size(); i += stride)
        thinned.push_back(points[i]);
    return thinned;
}

}  // namespace countersign::evaluation
