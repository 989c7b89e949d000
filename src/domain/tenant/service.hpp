#pragma once

#include "domain/tenant/keys.hpp"
#include "domain/unit_of_work.hpp"

namespace countersign::domain {

/// Creates and lists tenants and renews the wrapping of their keys.
///
/// Errors:  invalid_argument (name empty or longer than 200 bytes), conflict (name exists), not_found,
/// unavailable. Threads: safe; blocks on the store.
class TenantService {
public:
    TenantService(UnitOfWork& work, const Keys& keys, const Clock& clock, Random& random)
        : work_(work), keys_(keys), clock_(clock), random_(random) {}

    Result<Tenant> create(std::string_view name, std::string_view actor);
    Result<std::vector<Tenant>> list();
    /// By id (`ten_…`) or, when the text is none, by name.
    Result<Tenant> find(std::string_view id_or_name);
    /// Wraps every tenant key that an older master key still wraps with the current one. Returns how many.
    /// Sealed values stay as they are: the data keys do not change.
    Result<int> rewrap_keys(std::string_view actor);

private:
    UnitOfWork& work_;
    const Keys& keys_;
    const Clock& clock_;
    Random& random_;
};

}  // namespace countersign::domain
