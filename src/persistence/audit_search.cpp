// SqlAuditRepository: lists of events, newest first.
#include "persistence/query_text.hpp"
#include "persistence/repositories.hpp"
#include "persistence/rows_of.hpp"

namespace countersign::persistence {
namespace {

// The expression of audit_event_group_idx, word for word: the kind up to its last dot.
constexpr std::string_view kGroup = "(rtrim(kind, 'abcdefghijklmnopqrstuvwxyz_0123456789'))";

constexpr store::Statement kFirstSince{
    .name = "audit.first_since",
    .sql =
        "SELECT MIN(sequence) AS first FROM (SELECT sequence FROM audit_event WHERE tenant_id = $1 AND "
        "occurred_at >= $2 ORDER BY occurred_at, sequence LIMIT 1) t",
};

}  // namespace

Result<std::vector<domain::AuditEvent>> SqlAuditRepository::search(const TenantId& tenant,
                                                                   const domain::AuditFilter& filter,
                                                                   std::optional<std::int64_t> before,
                                                                   int limit) {
    QueryText query("audit.search");
    query.add("SELECT ").add(kAuditColumns).add(" FROM audit_event WHERE tenant_id = ").bind(tenant);
    if (filter.target) query.add(" AND target = ").bind(*filter.target);
    if (filter.actor) {
        query.add(filter.target ? " AND COALESCE(actor, '') = " : " AND actor = ").bind(*filter.actor);
    }
    if (filter.kind) {
        const bool group = filter.kind->ends_with('.');
        const bool driven = filter.target || filter.actor;
        query.add(" AND ")
            .add(driven ? "COALESCE(" : "")
            .add(group ? kGroup : "kind")
            .add(driven ? ", '')" : "");
        query.add(" = ").bind(*filter.kind);
    }
    // The sequence grows with time, so the ends of a time span are ends of a span of it.
    if (filter.from) {
        const auto first = CS_TRY(first_since(tenant, *filter.from));
        if (!first) return std::vector<domain::AuditEvent>();
        query.add(" AND sequence >= ").bind(*first);
    }
    if (filter.to) {
        if (const auto first = CS_TRY(first_since(tenant, *filter.to)))
            query.add(" AND sequence < ").bind(*first);
    }
    if (before) query.add(" AND sequence < ").bind(*before);
    query.add(" ORDER BY sequence DESC LIMIT ").bind(limit);
    const auto rows = CS_TRY(query.run(session_));
    std::vector<domain::AuditEvent> events;
    for (const auto& row : rows)
        events.push_back(CS_TRY(read_audit_event(row)));
    return events;
}

Result<std::optional<std::int64_t>> SqlAuditRepository::first_since(const TenantId& tenant, UnixMicros from) {
    const auto rows = CS_TRY(session_.query(kFirstSince, {tenant, from}));
    const auto row = CS_TRY(rows.one());
    return row.opt_integer("first");
}

}  // namespace countersign::persistence
