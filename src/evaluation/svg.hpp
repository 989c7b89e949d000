#pragma once

#include <string>
#include <vector>

#include "evaluation/error_rates.hpp"

namespace countersign::evaluation {

/// A DET curve on two logarithmic axes from 1e-6 to 1. Points below lie outside and are left out.
std::string det_curve_svg(const std::vector<DetPoint>& points);

/// The shares of the genuine and the impostor scores per hundredth, one above the other in one plot.
std::string score_histogram_svg(const Histogram& genuine, const Histogram& impostor);

/// Text as the content or a quoted attribute of HTML.
std::string escape_html(std::string_view text);

}  // namespace countersign::evaluation
