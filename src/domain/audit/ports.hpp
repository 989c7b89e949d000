#pragma once

#include <optional>
#include <vector>

#include "domain/audit/types.hpp"

namespace countersign::domain {

struct AuditHead {
    std::int64_t sequence{0};
    std::string hash;
};

/// Which events a list shows. All that is set must hold.
struct AuditFilter {
    std::optional<std::string> actor;
    std::optional<std::string> kind;  // exact, or a beginning that ends with a dot
    std::optional<std::string> target;
    std::optional<UnixMicros> from;  // this moment included
    std::optional<UnixMicros> to;    // this moment not included
};

/// Rows of `audit_event` and `audit_head`. Append only: there is no way to change or remove an event.
///
/// Errors: conflict (another transaction appended first: repeat), unavailable.
class AuditRepository {
public:
    virtual ~AuditRepository() = default;
    /// nullopt for a tenant without events.
    virtual Result<std::optional<AuditHead>> head(const TenantId& tenant) = 0;
    /// Stores the event and moves the head from `event.previous_hash` to `event.hash`.
    virtual Result<void> append(const AuditEvent& event) = 0;
    /// Events with a sequence greater than `after`, ascending.
    virtual Result<std::vector<AuditEvent>> list(const TenantId& tenant, std::int64_t after, int limit) = 0;
    /// Newest first, those with a sequence below `before` when it is set.
    virtual Result<std::vector<AuditEvent>> search(const TenantId& tenant, const AuditFilter& filter,
                                                   std::optional<std::int64_t> before, int limit) = 0;
    /// The sequence of the first event at or after `from`; nullopt when there is none.
    virtual Result<std::optional<std::int64_t>> first_since(const TenantId& tenant, UnixMicros from) = 0;
};

}  // namespace countersign::domain
