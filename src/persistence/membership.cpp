// SqlAdministratorRepository: who is a member of which tenant.
#include "persistence/admin_repositories.hpp"
#include "persistence/changed_rows.hpp"

namespace countersign::persistence {
namespace {

using store::Statement;

constexpr Statement kInsert{
    .name = "membership.insert",
    .sql = "INSERT INTO membership (tenant_id, administrator_id, role, created_at) VALUES ($1, $2, $3, $4)",
};
constexpr Statement kFind{
    .name = "membership.find",
    .sql =
        "SELECT tenant_id, administrator_id, role, created_at FROM membership WHERE tenant_id = $1 AND "
        "administrator_id = $2",
};
constexpr Statement kOfAdministrator{
    .name = "membership.of_administrator",
    .sql =
        "SELECT tenant_id, administrator_id, role, created_at FROM membership WHERE administrator_id = "
        "$1 ORDER BY created_at, tenant_id",
};
constexpr Statement kMembers{
    .name = "membership.members",
    .sql =
        "SELECT a.administrator_id, a.email, a.name, a.created_at, a.last_sign_in_at, CASE WHEN "
        "a.totp_wrapped IS NULL THEN 0 ELSE 1 END AS totp_enabled, m.role FROM membership m JOIN "
        "administrator a ON a.administrator_id = m.administrator_id WHERE m.tenant_id = $1 ORDER BY "
        "a.email",
};
constexpr Statement kSetRole{
    .name = "membership.set_role",
    .sql =
        "UPDATE membership SET role = $3 WHERE tenant_id = $1 AND administrator_id = $2 AND ($3 = "
        "'owner' OR role <> 'owner' OR (SELECT COUNT(*) FROM membership WHERE tenant_id = $1 AND role = "
        "'owner') > 1)",
};
constexpr Statement kRemove{
    .name = "membership.remove",
    .sql =
        "DELETE FROM membership WHERE tenant_id = $1 AND administrator_id = $2 AND (role <> 'owner' OR "
        "(SELECT COUNT(*) FROM membership WHERE tenant_id = $1 AND role = 'owner') > 1)",
};

Result<domain::Role> role_of(const store::Row& row) {
    const auto text = CS_TRY(row.text("role"));
    const auto role = domain::parse_role(text);
    if (!role) return fail(ErrorCode::internal, "membership.role holds a foreign value");
    return *role;
}

Result<domain::Membership> read(const store::Row& row) {
    domain::Membership out;
    out.tenant = CS_TRY(row.id<TenantId>("tenant_id"));
    out.administrator = CS_TRY(row.id<AdministratorId>("administrator_id"));
    out.role = CS_TRY(role_of(row));
    out.created_at = CS_TRY(row.time("created_at"));
    return out;
}

/// What others may see of a member: neither the password's hash nor the second factor's secret leaves the
/// store.
Result<domain::Member> read_member(const store::Row& row) {
    domain::Member out;
    out.administrator.id = CS_TRY(row.id<AdministratorId>("administrator_id"));
    out.administrator.email = CS_TRY(row.text("email"));
    out.administrator.name = CS_TRY(row.text("name"));
    out.administrator.created_at = CS_TRY(row.time("created_at"));
    out.administrator.last_sign_in_at = CS_TRY(row.opt_time("last_sign_in_at"));
    out.totp_enabled = CS_TRY(row.boolean("totp_enabled"));
    out.role = CS_TRY(role_of(row));
    return out;
}

}  // namespace

Result<void> SqlAdministratorRepository::add_membership(const domain::Membership& m) {
    CS_TRY(session_.execute(kInsert, {m.tenant, m.administrator, to_string(m.role), m.created_at}));
    return {};
}

Result<std::optional<domain::Membership>> SqlAdministratorRepository::membership(const TenantId& tenant,
                                                                                 const AdministratorId& id) {
    const auto rows = CS_TRY(session_.query(kFind, {tenant, id}));
    auto row = CS_TRY(rows.at_most_one());
    if (!row) return std::optional<domain::Membership>{};
    auto found = CS_TRY(read(*row));
    return std::optional(std::move(found));
}

Result<std::vector<domain::Membership>> SqlAdministratorRepository::memberships(const AdministratorId& id) {
    const auto rows = CS_TRY(session_.query(kOfAdministrator, {id}));
    std::vector<domain::Membership> all;
    for (const auto& row : rows)
        all.push_back(CS_TRY(read(row)));
    return all;
}

Result<std::vector<domain::Member>> SqlAdministratorRepository::members(const TenantId& tenant) {
    const auto rows = CS_TRY(session_.query(kMembers, {tenant}));
    std::vector<domain::Member> all;
    for (const auto& row : rows)
        all.push_back(CS_TRY(read_member(row)));
    return all;
}

/// The statement itself refuses to take the last owner away; afterwards only the reason is looked up.
Result<void> SqlAdministratorRepository::change_member(const Statement& statement, const TenantId& tenant,
                                                       const AdministratorId& id,
                                                       const store::Values& values) {
    const auto changed = CS_TRY(session_.execute(statement, values));
    if (changed == 1) return {};
    const auto found = CS_TRY(membership(tenant, id));
    if (!found) return fail(ErrorCode::not_found, "not a member");
    return fail(ErrorCode::conflict, "the last owner");
}

Result<void> SqlAdministratorRepository::set_role(const TenantId& tenant, const AdministratorId& id,
                                                  domain::Role role) {
    return change_member(kSetRole, tenant, id, {tenant, id, to_string(role)});
}

Result<void> SqlAdministratorRepository::remove_membership(const TenantId& tenant,
                                                           const AdministratorId& id) {
    return change_member(kRemove, tenant, id, {tenant, id});
}

}  // namespace countersign::persistence
