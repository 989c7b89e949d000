#pragma once

#include <string_view>
#include <vector>

#include "domain/tenant/types.hpp"

namespace countersign::domain {

/// Rows of `tenant`.
///
/// Errors: not_found (find), conflict (insert: id or name exists; replace_key: the stored value is no longer
///         `expected`), unavailable (store).
class TenantRepository {
public:
    virtual ~TenantRepository() = default;
    virtual Result<void> insert(const Tenant& tenant) = 0;
    virtual Result<Tenant> find(const TenantId& id) = 0;
    virtual Result<Tenant> find_by_name(std::string_view name) = 0;
    virtual Result<std::vector<Tenant>> list() = 0;
    /// Conflict when the name exists already.
    virtual Result<void> rename(const TenantId& id, std::string_view name) = 0;
    virtual Result<void> replace_key(const TenantId& id, ByteView expected, ByteView replacement) = 0;
};

}  // namespace countersign::domain
