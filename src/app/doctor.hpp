#pragma once

#include <filesystem>

#include "app/config.hpp"

namespace countersign::app {

/// Runs every check, also after a failed one, and prints one line each: what was looked at, and for a failure
/// exactly what to do. Returns the exit status: 0 when all hold.
int run_doctor(const std::filesystem::path& config_file, const Environment& environment, bool as_json);

}  // namespace countersign::app
