#pragma once

#include <filesystem>

#include "face/engine/manifest.hpp"

namespace countersign::face {

/// Puts the thresholds of a policy file (written by `countersign tune`) in the place of a pack's. Rates of
/// the pack that are stricter than all of the file's stay, with thresholds never below the file's. Without a
/// path the pack stays as it is.
///
/// Errors: unavailable: the file cannot be read, is not a policy, or was made with another embedding model.
/// The server must not start then.
Result<void> apply_policy(const std::filesystem::path& file, Pack& pack);

/// The two calibrations as one, loosest first.
std::vector<CalibrationPoint> merged(const std::vector<CalibrationPoint>& pack,
                                     const std::vector<CalibrationPoint>& policy);

}  // namespace countersign::face
