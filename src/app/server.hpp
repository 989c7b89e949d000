#pragma once

#include "app/config.hpp"

namespace countersign::app {

/// Runs the server until SIGTERM or SIGINT, then lets captures in flight finish within the grace time.
/// Prints one line `listening on <address>` to standard output once connections are accepted.
/// Errors: whatever keeps it from starting, with a detail that names the setting or file.
Result<void> serve(const Config& config, const Environment& environment);

}  // namespace countersign::app
