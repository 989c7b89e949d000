#pragma once

#include <vector>

#include "domain/settings/types.hpp"

namespace countersign::domain {

/// Rows of `tenant_settings`.
///
/// Errors: unavailable.
class TenantSettingsRepository {
public:
    virtual ~TenantSettingsRepository() = default;
    /// The defaults when the tenant never changed anything.
    virtual Result<TenantSettings> find(const TenantId& tenant) = 0;
    /// Stores all of it under `settings.version`.
    virtual Result<void> save(const TenantSettings& settings) = 0;
};

}  // namespace countersign::domain
