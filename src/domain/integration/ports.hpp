#pragma once

#include <vector>

#include "domain/integration/types.hpp"

namespace countersign::domain {

/// Rows of `integration`, `integration_domain` and `integration_secret`.
///
/// Errors: not_found, conflict (insert: exists; update: `version` is not the stored one), unavailable.
class IntegrationRepository {
public:
    virtual ~IntegrationRepository() = default;
    virtual Result<void> insert(const Integration& integration) = 0;
    virtual Result<Integration> find(const TenantId& tenant, const IntegrationId& id) = 0;
    /// The one look-up that does not know the tenant yet: the start address names the integration only.
    virtual Result<Integration> find_by_id(const IntegrationId& id) = 0;
    virtual Result<std::vector<Integration>> list(const TenantId& tenant) = 0;
    /// Stores the settings under `integration.version` + 1 when the stored version is `integration.version`.
    virtual Result<void> update(const Integration& integration) = 0;

    /// Remembers that a login came through it, to the minute.
    virtual Result<void> note_use(const TenantId& tenant, const IntegrationId& id, UnixMicros now) = 0;
    /// Hides it from every other function here; the row stays for the transactions that name it.
    virtual Result<void> mark_deleted(const TenantId& tenant, const IntegrationId& id, std::int64_t version,
                                      UnixMicros now) = 0;

    virtual Result<void> insert_secret(const IntegrationSecret& secret) = 0;
    /// The current one first, then the newest; ended ones included.
    virtual Result<std::vector<IntegrationSecret>> secrets(const TenantId& tenant,
                                                           const IntegrationId& id) = 0;
    virtual Result<void> set_secret_end(const TenantId& tenant, const SecretId& id, UnixMicros not_after) = 0;
    virtual Result<void> remove_secret(const TenantId& tenant, const SecretId& id) = 0;
};

}  // namespace countersign::domain
