#pragma once

#include "app/cli/output.hpp"
#include "app/demo/seed.hpp"

namespace countersign::app::cli {

/// Errors: those of demo::seed.
Result<Output> demo_seed(Core& core, const demo::SeedOptions& options);

}  // namespace countersign::app::cli
