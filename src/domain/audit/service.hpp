#pragma once

#include "domain/audit/trail.hpp"

namespace countersign::domain {

struct AuditPage {
    std::vector<AuditEvent> items;
    bool more{false};
};

/// The trail as administrators read it.
///
/// Errors:  not_found, unavailable.
/// Threads: safe; blocks on the store.
class AuditService {
public:
    AuditService(UnitOfWork& work, const Clock& clock, Random& random)
        : work_(work), clock_(clock), random_(random) {}

    /// Newest first, those below the sequence `before` when it is set.
    Result<AuditPage> search(const TenantId& tenant, const AuditFilter& filter,
                             std::optional<std::int64_t> before, int limit);
    /// Oldest first, with a sequence above `after` and before the moment `filter.to`; for exports, page by
    /// page. Only the times of the filter count: a chain with holes could not be checked.
    Result<AuditPage> in_order(const TenantId& tenant, const AuditFilter& filter, std::int64_t after,
                               int limit);
    Result<ChainCheck> check(const TenantId& tenant, std::string_view actor);
    Result<void> note_export(const TenantId& tenant, std::string_view format, std::string_view actor);

private:
    UnitOfWork& work_;
    const Clock& clock_;
    Random& random_;
};

}  // namespace countersign::domain
