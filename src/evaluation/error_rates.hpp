#pragma once

#include <array>
#include <string>
#include <vector>

#include "evaluation/histogram.hpp"
#include "evaluation/intervals.hpp"

namespace countersign::evaluation {

/// The false match rates that a report asks for, loosest first.
constexpr std::array<double, 5> kReportedFmr{1e-2, 1e-3, 1e-4, 1e-5, 1e-6};

/// `1e-4`, as the keys of the reports spell a rate.
std::string fmr_key(double fmr);

/// Whether a threshold for `fmr` may be read off so many impostor comparisons: 30 of them are to lie at or
/// above it, so at least 30 ÷ FMR. With 30 errors a rate is right to ± 30 % at 90 % confidence (rule of 30,
/// Doddington et al. 2000).
bool supports(std::uint64_t impostors, double fmr);
std::uint64_t impostors_needed(double fmr);

/// Whether one comparison is at most that rate: with fewer than 1 ÷ FMR the rate cannot be told from 0.
/// Between this and `supports` a figure is given, but it rests on fewer than 30 false matches.
bool resolves(std::uint64_t impostors, double fmr);

struct EqualError {
    double rate{0};
    std::size_t bin{0};  // of the threshold
};

/// Both rates when false matches and false non-matches are traded against each other.
struct DetPoint {
    double fmr{0};
    double fnmr{0};
};

/// False match and false non-match rate at every threshold. A comparison matches when its score is at least
/// the threshold. Thresholds are the edges of the histograms' bins; the rates there are exact.
/// Source: ISO/IEC 19795-1.
class ErrorCurves {
public:
    ErrorCurves(const Histogram& genuine, const Histogram& impostor)
        : genuine_(genuine.at_or_above()), impostor_(impostor.at_or_above()) {}

    Rate fmr(std::size_t bin) const { return {impostor_[bin], impostor_.front()}; }
    Rate fnmr(std::size_t bin) const { return {genuine_.front() - genuine_[bin], genuine_.front()}; }

    /// The lowest threshold whose FMR is at most `fmr`.
    std::size_t bin_at_fmr(double fmr) const;

    /// Where the two rates are closest; the rate is their mean there.
    EqualError equal_error() const;

    /// Each threshold at which a rate changes, from loose to strict, thinned to about `limit` points.
    std::vector<DetPoint> det(std::size_t limit) const;

private:
    std::vector<std::uint64_t> genuine_;
    std::vector<std::uint64_t> impostor_;
};

}  // namespace countersign::evaluation
