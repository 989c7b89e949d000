// Invitations and API keys: secrets of which only a hash is kept.
#include "persistence/admin_repositories.hpp"
#include "persistence/changed_rows.hpp"

#include <algorithm>

namespace countersign::persistence {
namespace {

using store::Statement;

constexpr Statement kInsertInvitation{
    .name = "invitation.insert",
    .sql =
        "INSERT INTO invitation (tenant_id, invitation_id, email, role, token_hash, invited_by, "
        "created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
};
constexpr Statement kFindInvitation{
    .name = "invitation.find_by_token",
    .sql =
        "SELECT tenant_id, invitation_id, email, role, token_hash, invited_by, created_at, expires_at "
        "FROM invitation WHERE token_hash = $1",
};
constexpr Statement kListInvitations{
    .name = "invitation.list",
    .sql =
        "SELECT tenant_id, invitation_id, email, role, token_hash, invited_by, created_at, expires_at "
        "FROM invitation WHERE tenant_id = $1 AND expires_at > $2 ORDER BY email",
};
constexpr Statement kRemoveInvitation{
    .name = "invitation.remove",
    .sql = "DELETE FROM invitation WHERE tenant_id = $1 AND invitation_id = $2",
};
constexpr Statement kRemoveInvitationFor{
    .name = "invitation.remove_for",
    .sql = "DELETE FROM invitation WHERE tenant_id = $1 AND email = $2",
};
constexpr Statement kPurgeInvitations{
    .name = "invitation.purge",
    .sql = "DELETE FROM invitation WHERE expires_at <= $1",
};
constexpr Statement kInsertKey{
    .name = "api_key.insert",
    .sql =
        "INSERT INTO api_key (tenant_id, key_id, name, hint, token_hash, scopes, created_by, created_at, "
        "expires_at, last_used_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
};
constexpr Statement kFindKey{
    .name = "api_key.find_by_token",
    .sql =
        "SELECT tenant_id, key_id, name, hint, token_hash, scopes, created_by, created_at, expires_at, "
        "last_used_at FROM api_key WHERE token_hash = $1",
};
constexpr Statement kListKeys{
    .name = "api_key.list",
    .sql =
        "SELECT tenant_id, key_id, name, hint, token_hash, scopes, created_by, created_at, expires_at, "
        "last_used_at FROM api_key WHERE tenant_id = $1 ORDER BY created_at DESC, key_id",
};
constexpr Statement kKeyUsed{
    .name = "api_key.used",
    .sql = "UPDATE api_key SET last_used_at = $3 WHERE tenant_id = $1 AND key_id = $2",
};
constexpr Statement kRemoveKey{
    .name = "api_key.remove",
    .sql = "DELETE FROM api_key WHERE tenant_id = $1 AND key_id = $2",
};

Result<domain::Invitation> read_invitation(const store::Row& row) {
    domain::Invitation out;
    out.tenant = CS_TRY(row.id<TenantId>("tenant_id"));
    out.id = CS_TRY(row.id<InvitationId>("invitation_id"));
    out.email = CS_TRY(row.text("email"));
    const auto role = CS_TRY(row.text("role"));
    out.role = CS_TRY(domain::parse_role(role));
    out.token_hash = CS_TRY(row.text("token_hash"));
    out.invited_by = CS_TRY(row.id<AdministratorId>("invited_by"));
    out.created_at = CS_TRY(row.time("created_at"));
    out.expires_at = CS_TRY(row.time("expires_at"));
    return out;
}

/// Scopes stand in one column, separated by spaces as in OAuth.
std::string scopes_text(const std::vector<domain::Scope>& scopes) {
    std::string text;
    for (const domain::Scope scope : scopes) {
        if (!text.empty()) text += ' ';
        text += to_string(scope);
    }
    return text;
}

Result<std::vector<domain::Scope>> scopes_of(std::string_view text) {
    std::vector<domain::Scope> scopes;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        scopes.push_back(CS_TRY(domain::parse_scope(text.substr(0, end))));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return scopes;
}

Result<domain::ApiKey> read_key(const store::Row& row) {
    domain::ApiKey out;
    out.tenant = CS_TRY(row.id<TenantId>("tenant_id"));
    out.id = CS_TRY(row.id<ApiKeyId>("key_id"));
    out.name = CS_TRY(row.text("name"));
    out.hint = CS_TRY(row.text("hint"));
    out.token_hash = CS_TRY(row.text("token_hash"));
    const auto scopes = CS_TRY(row.text("scopes"));
    out.scopes = CS_TRY(scopes_of(scopes));
    out.created_by = CS_TRY(row.text("created_by"));
    out.created_at = CS_TRY(row.time("created_at"));
    out.expires_at = CS_TRY(row.opt_time("expires_at"));
    out.last_used_at = CS_TRY(row.opt_time("last_used_at"));
    return out;
}

}  // namespace

Result<void> SqlInvitationRepository::insert(const domain::Invitation& i) {
    CS_TRY(session_.execute(kInsertInvitation, {i.tenant, i.id, i.email, to_string(i.role), i.token_hash,
                                                i.invited_by, i.created_at, i.expires_at}));
    return {};
}

Result<std::optional<domain::Invitation>> SqlInvitationRepository::find_by_token(
    std::string_view token_hash) {
    const auto rows = CS_TRY(session_.query(kFindInvitation, {token_hash}));
    auto row = CS_TRY(rows.at_most_one());
    if (!row) return std::optional<domain::Invitation>{};
    auto found = CS_TRY(read_invitation(*row));
    return std::optional(std::move(found));
}

Result<std::vector<domain::Invitation>> SqlInvitationRepository::list(const TenantId& tenant,
                                                                      UnixMicros now) {
    const auto rows = CS_TRY(session_.query(kListInvitations, {tenant, now}));
    std::vector<domain::Invitation> all;
    for (const auto& row : rows)
        all.push_back(CS_TRY(read_invitation(row)));
    return all;
}

Result<void> SqlInvitationRepository::remove(const TenantId& tenant, const InvitationId& id) {
    return change_one(session_, kRemoveInvitation, {tenant, id}, ErrorCode::not_found);
}

Result<void> SqlInvitationRepository::remove_for(const TenantId& tenant, std::string_view email) {
    CS_TRY(session_.execute(kRemoveInvitationFor, {tenant, email}));
    return {};
}

Result<void> SqlInvitationRepository::purge(UnixMicros now) {
    CS_TRY(session_.execute(kPurgeInvitations, {now}));
    return {};
}

Result<void> SqlApiKeyRepository::insert(const domain::ApiKey& k) {
    CS_TRY(session_.execute(kInsertKey, {k.tenant, k.id, k.name, k.hint, k.token_hash, scopes_text(k.scopes),
                                         k.created_by, k.created_at, k.expires_at, k.last_used_at}));
    return {};
}

Result<std::optional<domain::ApiKey>> SqlApiKeyRepository::find_by_token(std::string_view token_hash) {
    const auto rows = CS_TRY(session_.query(kFindKey, {token_hash}));
    auto row = CS_TRY(rows.at_most_one());
    if (!row) return std::optional<domain::ApiKey>{};
    auto found = CS_TRY(read_key(*row));
    return std::optional(std::move(found));
}

Result<std::vector<domain::ApiKey>> SqlApiKeyRepository::list(const TenantId& tenant) {
    const auto rows = CS_TRY(session_.query(kListKeys, {tenant}));
    std::vector<domain::ApiKey> all;
    for (const auto& row : rows)
        all.push_back(CS_TRY(read_key(row)));
    return all;
}

Result<void> SqlApiKeyRepository::used(const TenantId& tenant, const ApiKeyId& id, UnixMicros now) {
    return change_one(session_, kKeyUsed, {tenant, id, now}, ErrorCode::not_found);
}

Result<void> SqlApiKeyRepository::remove(const TenantId& tenant, const ApiKeyId& id) {
    return change_one(session_, kRemoveKey, {tenant, id}, ErrorCode::not_found);
}

}  // namespace countersign::persistence
