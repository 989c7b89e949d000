#include "persistence/repositories.hpp"

namespace countersign::persistence {
namespace {

using store::Statement;

constexpr Statement kAdd{
    .name = "activity.add",
    .sql =
        "INSERT INTO activity (tenant_id, grain, starts_at, integration_id, name, total) VALUES ($1, $2, $3, "
        "$4, $5, $6) ON CONFLICT (tenant_id, grain, starts_at, integration_id, name) DO UPDATE SET total = "
        "activity.total + excluded.total",
};
constexpr Statement kSince{
    .name = "activity.since",
    .sql =
        "SELECT starts_at, name, SUM(total) AS total FROM activity WHERE tenant_id = $1 AND grain = $2 AND "
        "starts_at >= $3 GROUP BY starts_at, name ORDER BY starts_at, name",
};
constexpr Statement kSinceOfOne{
    .name = "activity.since_of_one",
    .sql =
        "SELECT starts_at, name, total FROM activity WHERE tenant_id = $1 AND grain = $2 AND starts_at >= $3 "
        "AND integration_id = $4 ORDER BY starts_at, name",
};
constexpr Statement kPurgeHours{
    .name = "activity.purge_hours",
    .sql = "DELETE FROM activity WHERE grain = 'hour' AND starts_at < $1",
};

}  // namespace

Result<void> SqlActivityRepository::add(const TenantId& tenant, const IntegrationId& integration,
                                        domain::Grain grain, const domain::ActivityCount& count) {
    CS_TRY(session_.execute(
        kAdd, {tenant, to_string(grain), count.starts_at, integration, count.name, count.total}));
    return {};
}

Result<std::vector<domain::ActivityCount>> SqlActivityRepository::since(
    const TenantId& tenant, domain::Grain grain, UnixMicros from,
    const std::optional<IntegrationId>& integration) {
    store::Values values{tenant, to_string(grain), from};
    if (integration) values.emplace_back(*integration);
    const auto rows = CS_TRY(session_.query(integration ? kSinceOfOne : kSince, values));
    std::vector<domain::ActivityCount> counts;
    counts.reserve(rows.size());
    for (const auto& row : rows) {
        domain::ActivityCount count;
        count.starts_at = CS_TRY(row.time(0));
        count.name = CS_TRY(row.text(1));
        count.total = CS_TRY(row.integer(2));
        counts.push_back(std::move(count));
    }
    return counts;
}

Result<void> SqlActivityRepository::purge_hours(UnixMicros limit) {
    CS_TRY(session_.execute(kPurgeHours, {limit}));
    return {};
}

}  // namespace countersign::persistence
