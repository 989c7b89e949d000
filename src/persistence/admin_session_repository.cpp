#include "persistence/admin_repositories.hpp"
#include "persistence/changed_rows.hpp"

namespace countersign::persistence {
namespace {

using store::Statement;

constexpr Statement kInsert{
    .name = "admin_session.insert",
    .sql =
        "INSERT INTO admin_session (session_id, administrator_id, tenant_id, token_hash, state, address, "
        "browser, created_at, last_seen_at, expires_at, authenticated_at) VALUES ($1, $2, $3, $4, $5, "
        "$6, $7, $8, $9, $10, $11)",
};
constexpr Statement kFind{
    .name = "admin_session.find",
    .sql =
        "SELECT session_id, administrator_id, tenant_id, token_hash, state, address, browser, "
        "created_at, last_seen_at, expires_at, authenticated_at FROM admin_session WHERE token_hash = $1",
};
constexpr Statement kOf{
    .name = "admin_session.of",
    .sql =
        "SELECT session_id, administrator_id, tenant_id, token_hash, state, address, browser, "
        "created_at, last_seen_at, expires_at, authenticated_at FROM admin_session WHERE "
        "administrator_id = $1 ORDER BY created_at DESC, session_id",
};
constexpr Statement kUpdate{
    .name = "admin_session.update",
    .sql =
        "UPDATE admin_session SET tenant_id = $2, token_hash = $3, state = $4, last_seen_at = $5, "
        "expires_at = $6, authenticated_at = $7 WHERE session_id = $1",
};
constexpr Statement kRemove{
    .name = "admin_session.remove",
    .sql = "DELETE FROM admin_session WHERE administrator_id = $1 AND session_id = $2",
};
constexpr Statement kRemoveAll{
    .name = "admin_session.remove_all",
    .sql = "DELETE FROM admin_session WHERE administrator_id = $1 AND session_id <> $2",
};
constexpr Statement kLeaveTenant{
    .name = "admin_session.leave_tenant",
    .sql = "UPDATE admin_session SET tenant_id = NULL WHERE administrator_id = $1 AND tenant_id = $2",
};
constexpr Statement kCharge{
    .name = "admin_session.charge",
    .sql =
        "INSERT INTO sign_in_throttle (kind, subject, failures, last_at) VALUES ($1, $2, 1, $5) ON "
        "CONFLICT (kind, subject) DO UPDATE SET failures = CASE WHEN sign_in_throttle.last_at <= $5 - $4 "
        "THEN 1 ELSE sign_in_throttle.failures + 1 END, last_at = CASE WHEN sign_in_throttle.last_at > "
        "$5 - $4 AND sign_in_throttle.failures >= $3 THEN sign_in_throttle.last_at ELSE $5 END RETURNING "
        "failures",
};
constexpr Statement kClear{
    .name = "admin_session.clear_charges",
    .sql = "DELETE FROM sign_in_throttle WHERE kind = $1 AND subject = $2",
};
constexpr Statement kInsertReset{
    .name = "admin_session.insert_reset",
    .sql = "INSERT INTO password_reset (token_hash, administrator_id, expires_at) VALUES ($1, $2, $3)",
};
constexpr Statement kFindReset{
    .name = "admin_session.find_reset",
    .sql = "SELECT administrator_id FROM password_reset WHERE token_hash = $1 AND expires_at > $2",
};
constexpr Statement kRemoveResets{
    .name = "admin_session.remove_resets",
    .sql = "DELETE FROM password_reset WHERE administrator_id = $1",
};
constexpr Statement kPurgeSessions{
    .name = "admin_session.purge",
    .sql = "DELETE FROM admin_session WHERE expires_at <= $1",
};
constexpr Statement kPurgeResets{
    .name = "admin_session.purge_resets",
    .sql = "DELETE FROM password_reset WHERE expires_at <= $1",
};
constexpr Statement kPurgeThrottle{
    .name = "admin_session.purge_throttle",
    .sql = "DELETE FROM sign_in_throttle WHERE last_at <= $1",
};

Result<domain::AdminSession> read(const store::Row& row) {
    domain::AdminSession out;
    out.id = CS_TRY(row.id<AdminSessionId>("session_id"));
    out.administrator = CS_TRY(row.id<AdministratorId>("administrator_id"));
    out.tenant = CS_TRY(row.opt_id<TenantId>("tenant_id"));
    out.token_hash = CS_TRY(row.text("token_hash"));
    const auto state = CS_TRY(row.text("state"));
    const auto parsed = domain::parse_session_state(state);
    if (!parsed) return fail(ErrorCode::internal, "admin_session.state holds a foreign value");
    out.state = *parsed;
    out.address = CS_TRY(row.text("address"));
    out.browser = CS_TRY(row.text("browser"));
    out.created_at = CS_TRY(row.time("created_at"));
    out.last_seen_at = CS_TRY(row.time("last_seen_at"));
    out.expires_at = CS_TRY(row.time("expires_at"));
    out.authenticated_at = CS_TRY(row.time("authenticated_at"));
    return out;
}

}  // namespace

Result<void> SqlAdminSessionRepository::insert(const domain::AdminSession& s) {
    CS_TRY(session_.execute(
        kInsert, {s.id, s.administrator, s.tenant, s.token_hash, to_string(s.state), s.address, s.browser,
                  s.created_at, s.last_seen_at, s.expires_at, s.authenticated_at}));
    return {};
}

Result<std::optional<domain::AdminSession>> SqlAdminSessionRepository::find(std::string_view token_hash) {
    const auto rows = CS_TRY(session_.query(kFind, {token_hash}));
    auto row = CS_TRY(rows.at_most_one());
    if (!row) return std::optional<domain::AdminSession>{};
    auto found = CS_TRY(read(*row));
    return std::optional(std::move(found));
}

Result<std::vector<domain::AdminSession>> SqlAdminSessionRepository::of(
    const AdministratorId& administrator) {
    const auto rows = CS_TRY(session_.query(kOf, {administrator}));
    std::vector<domain::AdminSession> all;
    for (const auto& row : rows)
        all.push_back(CS_TRY(read(row)));
    return all;
}

Result<void> SqlAdminSessionRepository::update(const domain::AdminSession& s) {
    return change_one(
        session_, kUpdate,
        {s.id, s.tenant, s.token_hash, to_string(s.state), s.last_seen_at, s.expires_at, s.authenticated_at},
        ErrorCode::not_found);
}

Result<void> SqlAdminSessionRepository::remove(const AdministratorId& administrator,
                                               const AdminSessionId& id) {
    return change_one(session_, kRemove, {administrator, id}, ErrorCode::not_found);
}

Result<void> SqlAdminSessionRepository::remove_all(const AdministratorId& administrator,
                                                   const std::optional<AdminSessionId>& keep) {
    CS_TRY(session_.execute(kRemoveAll, {administrator, keep ? keep->text() : std::string()}));
    return {};
}

Result<void> SqlAdminSessionRepository::leave_tenant(const AdministratorId& administrator,
                                                     const TenantId& tenant) {
    CS_TRY(session_.execute(kLeaveTenant, {administrator, tenant}));
    return {};
}

Result<std::int64_t> SqlAdminSessionRepository::charge(std::string_view kind, std::string_view subject,
                                                       std::int64_t most, Micros window, UnixMicros now) {
    const auto rows = CS_TRY(session_.query(kCharge, {kind, subject, most, window.value, now}));
    auto row = CS_TRY(rows.one());
    return row.integer("failures");
}

Result<void> SqlAdminSessionRepository::clear_charges(std::string_view kind, std::string_view subject) {
    CS_TRY(session_.execute(kClear, {kind, subject}));
    return {};
}

Result<void> SqlAdminSessionRepository::insert_reset(std::string_view token_hash, const AdministratorId& id,
                                                     UnixMicros expires_at) {
    CS_TRY(session_.execute(kInsertReset, {token_hash, id, expires_at}));
    return {};
}

Result<std::optional<AdministratorId>> SqlAdminSessionRepository::find_reset(std::string_view token_hash,
                                                                             UnixMicros now) {
    const auto rows = CS_TRY(session_.query(kFindReset, {token_hash, now}));
    auto row = CS_TRY(rows.at_most_one());
    if (!row) return std::optional<AdministratorId>{};
    auto id = CS_TRY(row->id<AdministratorId>("administrator_id"));
    return std::optional(std::move(id));
}

Result<void> SqlAdminSessionRepository::remove_resets(const AdministratorId& id) {
    CS_TRY(session_.execute(kRemoveResets, {id}));
    return {};
}

Result<void> SqlAdminSessionRepository::purge(UnixMicros now) {
    CS_TRY(session_.execute(kPurgeSessions, {now}));
    CS_TRY(session_.execute(kPurgeResets, {now}));
    CS_TRY(session_.execute(kPurgeThrottle, {now - days(1)}));
    return {};
}

}  // namespace countersign::persistence
