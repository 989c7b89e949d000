#pragma once

#include "domain/integration/types.hpp"

namespace countersign::domain {

/// Checks every setting and returns them in stored form (domains in lower case, without duplicates).
/// Errors: invalid_argument, naming the setting.
Result<IntegrationSettings> checked_settings(IntegrationSettings settings);

}  // namespace countersign::domain
