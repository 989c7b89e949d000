#pragma once

#include <string>
#include <vector>

#include "evaluation/error_rates.hpp"
#include "evaluation/pad_curve.hpp"
#include "evaluation/plot.hpp"

namespace countersign::evaluation {

/// A point or an upright line of a plot with its name.
struct NamedRates {
    std::string name;
    DetPoint rates;
};
struct NamedScore {
    std::string name;
    double score{0};
};

/// A DET curve on two logarithmic axes: FMR from 1e-6, FNMR from 1e-4, both to 1. What is lower is drawn at
/// the edge.
std::string det_curve_svg(const std::vector<DetPoint>& points, const std::vector<NamedRates>& marks);

/// The shares of the genuine and the impostor scores per hundredth, each as high as its highest.
std::string score_histogram_svg(const Histogram& genuine, const Histogram& impostor,
                                const std::vector<NamedScore>& thresholds);

/// APCER of the worst species against BPCER, 0 … 100 %, with the operating point.
std::string pad_curve_svg(const std::vector<PadPoint>& curve, const PadPoint& operating);

/// The shares of live and attack presentations per fiftieth of p(live).
std::string pad_histogram_svg(const std::vector<Judged>& judged, double threshold);

}  // namespace countersign::evaluation
