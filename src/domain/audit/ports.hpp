#pragma once

#include <optional>
#include <vector>

#include "domain/audit/types.hpp"

namespace countersign::domain {

struct AuditHead {
    std::int64_t sequence{0};
    std::string hash;
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
};

}  // namespace countersign::domain
