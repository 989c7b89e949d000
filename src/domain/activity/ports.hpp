#pragma once

#include <optional>
#include <vector>

#include "domain/activity/types.hpp"

namespace countersign::domain {

/// Rows of `activity`.
///
/// Errors: unavailable.
class ActivityRepository {
public:
    virtual ~ActivityRepository() = default;
    /// Adds `count.total` to what is stored for the hour or day `count.starts_at`, in one statement.
    virtual Result<void> add(const TenantId& tenant, const IntegrationId& integration, Grain grain,
                             const ActivityCount& count) = 0;
    /// Sums over the integrations (or of one) from `from` on, by time and name.
    virtual Result<std::vector<ActivityCount>> since(const TenantId& tenant, Grain grain, UnixMicros from,
                                                     const std::optional<IntegrationId>& integration) = 0;
    /// Forgets hours that began before `limit`; days stay.
    virtual Result<void> purge_hours(UnixMicros limit) = 0;
};

}  // namespace countersign::domain
