#pragma once

#include "domain/unit_of_work.hpp"

namespace countersign::domain {

struct NewApiKey {
    ApiKey key;
    std::string value;  // "ck_…", shown once
};

/// Keys with which programs call the portal's API in one tenant. 256 random bits, so a plain SHA-256 is
/// stored.
///
/// Errors:  invalid_argument (no scope), not_found, unavailable. Threads: safe; blocks on the store.
class ApiKeyService {
public:
    ApiKeyService(UnitOfWork& work, const Clock& clock, Random& random)
        : work_(work), clock_(clock), random_(random) {}

    Result<NewApiKey> create(const AdminActor& actor, std::string_view name, const std::vector<Scope>& scopes,
                             std::optional<Micros> life);
    Result<std::vector<ApiKey>> list(const TenantId& tenant);
    Result<void> revoke(const AdminActor& actor, const ApiKeyId& id);

private:
    UnitOfWork& work_;
    const Clock& clock_;
    Random& random_;
};

}  // namespace countersign::domain
