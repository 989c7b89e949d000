#pragma once

#include <span>

#include "face/api/types.hpp"
#include "face/engine/manifest.hpp"

namespace countersign::face {

/// Least cosine at which two faces match so that impostors match at most at the rate `target_fmr`: that of
/// the loosest calibrated point which is at least as strict. Errors: invalid_argument (not in (0, 1), or
/// stricter than measured).
Result<float> threshold_for(std::span<const CalibrationPoint> calibration, double target_fmr);

/// That of a rate ten times stricter, or of the strictest that was calibrated where that is not so strict.
/// Errors: as `threshold_for`.
Result<float> stricter_threshold_for(std::span<const CalibrationPoint> calibration, double target_fmr);

/// Beyond so many spreads a face is no clearer, or no less clear, than others: bounds what a bad picture can
/// gain.
inline constexpr float kMostSpreads = 2;

/// Cosine, less for two clear faces and more when one is unclear: at one threshold for all, unclear faces
/// would be refused for what a camera did while clear ones were let through too easily. Bounded to two
/// standard deviations of clearness, and within −1…1. Errors: invalid_argument (models differ, or not
/// templates).
Result<float> score(const Template& a, const Template& b, const ClearnessWeight& clearness);

/// One score for a capture against a credential: for each probe its best reference, then the mean over the
/// probes. The calibration was made with this rule. Measured against it on the same data: the best of all
/// pairs gives an impostor a chance per pair, the mean of all pairs loses true matches (docs/engine.md).
/// Errors: invalid_argument (nothing to compare, or a model differs).
Result<float> fused_score(std::span<const Template> probes, std::span<const Template> references,
                          const ClearnessWeight& clearness);

/// As `fused_score`, but the least of the probes' best scores instead of their mean.
Result<float> weakest_probe(std::span<const Template> probes, std::span<const Template> references,
                            const ClearnessWeight& clearness);

/// Smallest cosine between any two templates; 1 for a single one. Errors: as `fused_score`.
Result<float> weakest_pair(std::span<const Template> templates);

}  // namespace countersign::face
