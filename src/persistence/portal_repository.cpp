// Requests that are done once, and the mail servers of tenants.
#include "persistence/admin_repositories.hpp"
#include "persistence/changed_rows.hpp"

namespace countersign::persistence {
namespace {

using store::Statement;

constexpr Statement kClaim{
    .name = "idempotency.claim",
    .sql =
        "INSERT INTO idempotent_request (tenant_id, actor, request_key, request_hash, status, body, "
        "created_at) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (tenant_id, actor, request_key) DO "
        "NOTHING",
};
constexpr Statement kFind{
    .name = "idempotency.find",
    .sql =
        "SELECT tenant_id, actor, request_key, request_hash, status, body, created_at FROM "
        "idempotent_request WHERE tenant_id = $1 AND actor = $2 AND request_key = $3",
};
constexpr Statement kFinish{
    .name = "idempotency.finish",
    .sql =
        "UPDATE idempotent_request SET status = $4, body = $5 WHERE tenant_id = $1 AND actor = $2 AND "
        "request_key = $3",
};
constexpr Statement kRelease{
    .name = "idempotency.release",
    .sql = "DELETE FROM idempotent_request WHERE tenant_id = $1 AND actor = $2 AND request_key = $3",
};
constexpr Statement kPurge{
    .name = "idempotency.purge",
    .sql = "DELETE FROM idempotent_request WHERE created_at <= $1",
};
constexpr Statement kFindServer{
    .name = "mail_server.find",
    .sql =
        "SELECT tenant_id, host, port, security, username, password_sealed, sender, updated_at FROM "
        "mail_server WHERE tenant_id = $1",
};
constexpr Statement kPutServer{
    .name = "mail_server.put",
    .sql =
        "INSERT INTO mail_server (tenant_id, host, port, security, username, password_sealed, sender, "
        "updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (tenant_id) DO UPDATE SET host "
        "= $2, port = $3, security = $4, username = $5, password_sealed = $6, sender = $7, updated_at = "
        "$8",
};

Result<domain::IdempotentRequest> read_request(const store::Row& row) {
    domain::IdempotentRequest out;
    out.tenant = CS_TRY(row.id<TenantId>("tenant_id"));
    out.actor = CS_TRY(row.text("actor"));
    out.key = CS_TRY(row.text("request_key"));
    out.request_hash = CS_TRY(row.text("request_hash"));
    out.status = CS_TRY(row.opt_integer("status"));
    out.body = CS_TRY(row.opt_text("body"));
    out.created_at = CS_TRY(row.time("created_at"));
    return out;
}

Result<domain::MailServer> read_server(const store::Row& row) {
    domain::MailServer out;
    out.tenant = CS_TRY(row.id<TenantId>("tenant_id"));
    out.host = CS_TRY(row.text("host"));
    out.port = CS_TRY(row.integer("port"));
    const auto security = CS_TRY(row.text("security"));
    out.security = CS_TRY(domain::parse_mail_security(security));
    out.username = CS_TRY(row.text("username"));
    out.password_sealed = CS_TRY(row.opt_blob("password_sealed"));
    out.sender = CS_TRY(row.text("sender"));
    out.updated_at = CS_TRY(row.time("updated_at"));
    return out;
}

}  // namespace

Result<std::optional<domain::IdempotentRequest>> SqlIdempotencyRepository::claim(
    const domain::IdempotentRequest& r) {
    const auto claimed = CS_TRY(
        session_.execute(kClaim, {r.tenant, r.actor, r.key, r.request_hash, r.status, r.body, r.created_at}));
    if (claimed == 1) return std::optional<domain::IdempotentRequest>{};
    const auto rows = CS_TRY(session_.query(kFind, {r.tenant, r.actor, r.key}));
    auto row = CS_TRY(rows.one());
    auto found = CS_TRY(read_request(row));
    return std::optional(std::move(found));
}

Result<void> SqlIdempotencyRepository::finish(const domain::IdempotentRequest& r) {
    return change_one(session_, kFinish, {r.tenant, r.actor, r.key, r.status, r.body}, ErrorCode::not_found);
}

Result<void> SqlIdempotencyRepository::release(const domain::IdempotentRequest& r) {
    return change_one(session_, kRelease, {r.tenant, r.actor, r.key}, ErrorCode::not_found);
}

Result<void> SqlIdempotencyRepository::purge(UnixMicros before) {
    CS_TRY(session_.execute(kPurge, {before}));
    return {};
}

Result<std::optional<domain::MailServer>> SqlMailServerRepository::find(const TenantId& tenant) {
    const auto rows = CS_TRY(session_.query(kFindServer, {tenant}));
    auto row = CS_TRY(rows.at_most_one());
    if (!row) return std::optional<domain::MailServer>{};
    auto found = CS_TRY(read_server(*row));
    return std::optional(std::move(found));
}

Result<void> SqlMailServerRepository::put(const domain::MailServer& m) {
    CS_TRY(session_.execute(kPutServer, {m.tenant, m.host, m.port, to_string(m.security), m.username,
                                         m.password_sealed, m.sender, m.updated_at}));
    return {};
}

}  // namespace countersign::persistence
