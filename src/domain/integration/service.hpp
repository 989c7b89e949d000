#pragma once

#include "domain/tenant/keys.hpp"
#include "domain/unit_of_work.hpp"

namespace countersign::domain {

/// What the administrator must copy now: the secret is never shown again.
struct IntegrationWithSecret {
    Integration integration;
    std::string session_secret;  // 43 base64url characters, 256 bits
};

struct IntegrationDetail {
    Integration integration;
    std::vector<IntegrationSecret> secrets;  // newest first; sealed
};

/// Integrations and their Session Secrets.
///
/// Errors:  invalid_argument (a setting, named in the text), not_found, conflict (another update came first),
///          unavailable.
/// Threads: safe; blocks on the store.
class IntegrationService {
public:
    IntegrationService(UnitOfWork& work, const Keys& keys, const Clock& clock, Random& random)
        : work_(work), keys_(keys), clock_(clock), random_(random) {}

    Result<IntegrationWithSecret> create(const TenantId& tenant, IntegrationSettings settings,
                                         std::string_view actor);
    Result<Integration> find(const TenantId& tenant, const IntegrationId& id);
    Result<std::vector<Integration>> list(const TenantId& tenant);
    /// Replaces the settings when the stored version is `version`.
    Result<Integration> update(const TenantId& tenant, const IntegrationId& id, std::int64_t version,
                               IntegrationSettings settings, std::string_view actor);
    /// One with the state of its secrets, newest first.
    Result<IntegrationDetail> show(const TenantId& tenant, const IntegrationId& id);
    /// All of the tenant whose name, id or return domain holds `part`, in any case.
    Result<std::vector<IntegrationDetail>> search(const TenantId& tenant, std::string_view part);
    /// Destroys the secrets and hides the integration; users and transactions stay.
    Result<void> remove(const TenantId& tenant, const IntegrationId& id, std::int64_t version,
                        std::string_view actor);
    /// The new secret is valid at once, the one before for `overlap` (0 … 30 days) longer, older ones end.
    Result<IntegrationWithSecret> rotate_secret(const TenantId& tenant, const IntegrationId& id,
                                                Micros overlap, std::string_view actor);

private:
    Result<IntegrationSecret> new_secret(Repositories& repositories, const Integration& integration,
                                         std::string_view text);
    UnitOfWork& work_;
    const Keys& keys_;
    const Clock& clock_;
    Random& random_;
};

/// A Session Secret, open in memory.
struct OpenSecret {
    SecretId id;
    SecretBytes key;
};

/// The secrets of the integration that are valid at `now`, newest first.
Result<std::vector<OpenSecret>> valid_secrets(Repositories& repositories, const Keys& keys,
                                              const Integration& integration, UnixMicros now);

}  // namespace countersign::domain
