#include "base/json.hpp"
#include "persistence/changed_rows.hpp"
#include "persistence/repositories.hpp"
#include "persistence/rows_of.hpp"

namespace countersign::persistence {
namespace {

using store::Statement;

constexpr Statement kHead{
    .name = "audit.head",
    .sql = "SELECT sequence, hash FROM audit_head WHERE tenant_id = $1",
};
constexpr Statement kFirstHead{
    .name = "audit.first_head",
    .sql =
        "INSERT INTO audit_head (tenant_id, sequence, hash) VALUES ($1, $2, $3) ON CONFLICT (tenant_id) DO "
        "NOTHING",
};
constexpr Statement kMoveHead{
    .name = "audit.move_head",
    .sql =
        "UPDATE audit_head SET sequence = $2, hash = $3 WHERE tenant_id = $1 AND sequence = $2 - 1 AND hash "
        "= $4",
};
constexpr Statement kInsert{
    .name = "audit.insert",
    .sql =
        "INSERT INTO audit_event (tenant_id, sequence, audit_id, occurred_at, actor, kind, target, details, "
        "previous_hash, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
};
constexpr Statement kList{
    .name = "audit.list",
    .sql =
        "SELECT tenant_id, sequence, audit_id, occurred_at, actor, kind, target, details, previous_hash, "
        "hash "
        "FROM audit_event WHERE tenant_id = $1 AND sequence > $2 ORDER BY sequence LIMIT $3",
};

}  // namespace

std::string details_to_json(const std::map<std::string, std::string>& details) {
    json::object object;
    for (const auto& [key, value] : details)
        object[key] = value;
    return json::serialize(object);
}

Result<std::map<std::string, std::string>> details_from_json(std::string_view text) {
    const auto object = json::parse_object(text);
    if (!object) return fail(ErrorCode::internal, "details are not an object");
    std::map<std::string, std::string> details;
    for (const auto& member : *object) {
        if (!member.value().is_string()) return fail(ErrorCode::internal, "details hold a foreign type");
        details.emplace(std::string(member.key()), std::string(member.value().get_string()));
    }
    return details;
}

Result<domain::AuditEvent> read_audit_event(const store::Row& row) {
    auto details = CS_TRY(row.text("details"));
    domain::AuditEvent event;
    event.id = CS_TRY(row.id<AuditId>("audit_id"));
    event.sequence = CS_TRY(row.integer("sequence"));
    event.occurred_at = CS_TRY(row.time("occurred_at"));
    event.entry.tenant = CS_TRY(row.id<TenantId>("tenant_id"));
    event.entry.actor = CS_TRY(row.text("actor"));
    event.entry.kind = CS_TRY(row.text("kind"));
    event.entry.target = CS_TRY(row.text("target"));
    event.entry.details = CS_TRY(details_from_json(details));
    event.previous_hash = CS_TRY(row.text("previous_hash"));
    event.hash = CS_TRY(row.text("hash"));
    return event;
}

Result<std::optional<domain::AuditHead>> SqlAuditRepository::head(const TenantId& tenant) {
    const auto rows = CS_TRY(session_.query(kHead, {tenant}));
    if (rows.empty()) return std::optional<domain::AuditHead>();
    domain::AuditHead head;
    head.sequence = CS_TRY(rows[0].integer("sequence"));
    head.hash = CS_TRY(rows[0].text("hash"));
    return std::optional(std::move(head));
}

Result<void> SqlAuditRepository::append(const domain::AuditEvent& event) {
    const auto& entry = event.entry;
    if (event.sequence == 1) {
        CS_TRY(change_one(session_, kFirstHead, {entry.tenant, event.sequence, event.hash},
                          ErrorCode::conflict));
    } else {
        CS_TRY(change_one(session_, kMoveHead,
                          {entry.tenant, event.sequence, event.hash, event.previous_hash},
                          ErrorCode::conflict));
    }
    CS_TRY(session_.execute(
        kInsert, {entry.tenant, event.sequence, event.id, event.occurred_at, entry.actor, entry.kind,
                  entry.target, details_to_json(entry.details), event.previous_hash, event.hash}));
    return {};
}

Result<std::vector<domain::AuditEvent>> SqlAuditRepository::list(const TenantId& tenant, std::int64_t after,
                                                                 int limit) {
    const auto rows = CS_TRY(session_.query(kList, {tenant, after, limit}));
    std::vector<domain::AuditEvent> events;
    for (const auto& row : rows)
        events.push_back(CS_TRY(read_audit_event(row)));
    return events;
}

}  // namespace countersign::persistence
