#include "domain/admin/team_service.hpp"

#include <algorithm>

#include "domain/audit/trail.hpp"

namespace countersign::domain {
namespace {

Result<Member> member_of(Repositories& repositories, const TenantId& tenant, const AdministratorId& id) {
    auto members = CS_TRY(repositories.admin().administrators().members(tenant));
    const auto found =
        std::ranges::find_if(members, [&](const Member& member) { return member.administrator.id == id; });
    if (found == members.end()) return fail(ErrorCode::not_found, "not a member");
    return *std::move(found);
}

/// Names what the last owner cannot lose; other errors stay as they are.
Result<void> explained(Result<void> outcome) {
    if (outcome || outcome.error().code != ErrorCode::conflict) return outcome;
    return fail_field(ErrorCode::conflict, "role", "The last owner of an organisation stays its owner.");
}

}  // namespace

Result<std::vector<Member>> TeamService::members(const TenantId& tenant) {
    return in_transaction(work_, Access::read,
                          [&](Repositories& r) { return r.admin().administrators().members(tenant); });
}

Result<Member> TeamService::change_role(const AdminActor& actor, const AdministratorId& id, Role role) {
    return in_transaction(work_, Access::write, [&](Repositories& r) -> Result<Member> {
        const auto before = CS_TRY(member_of(r, actor.tenant, id));
        CS_TRY(explained(r.admin().administrators().set_role(actor.tenant, id, role)));
        const AuditEntry entry{
            actor.tenant,
            actor.actor,
            "administrator.role_changed",
            id.text(),
            {{"before", std::string(to_string(before.role))}, {"after", std::string(to_string(role))}}};
        CS_TRY(append_audit(r, entry, clock_.now(), random_));
        return member_of(r, actor.tenant, id);
    });
}

Result<void> TeamService::remove(const AdminActor& actor, const AdministratorId& id) {
    return in_transaction(work_, Access::write, [&](Repositories& r) -> Result<void> {
        CS_TRY(explained(r.admin().administrators().remove_membership(actor.tenant, id)));
        CS_TRY(r.admin().sessions().leave_tenant(id, actor.tenant));
        const AuditEntry entry{actor.tenant, actor.actor, "administrator.removed", id.text(), {}};
        return append_audit(r, entry, clock_.now(), random_);
    });
}

Result<TenantMembership> TeamService::create_tenant(const AdminActor& actor, std::string_view name) {
    const auto owner = CS_TRY(AdministratorId::parse(actor.actor));
    return in_transaction(work_, Access::write, [&](Repositories& r) -> Result<TenantMembership> {
        const auto now = clock_.now();
        const auto all = CS_TRY(r.tenants().list());
        if (std::ranges::find(all, name, &Tenant::name) != all.end())
            return fail_field(ErrorCode::conflict, "name", "An organisation has this name already.");
        Tenant tenant;
        tenant.id = TenantId::make(now, random_);
        tenant.name = std::string(name);
        tenant.wrapped_key = CS_TRY(keys_.new_tenant_key(tenant.id));
        tenant.created_at = now;
        CS_TRY(r.tenants().insert(tenant));
        CS_TRY(r.admin().administrators().add_membership({tenant.id, owner, Role::owner, now}));
        const AuditEntry entry{tenant.id, actor.actor, "tenant.created", tenant.id.text(), {}};
        CS_TRY(append_audit(r, entry, now, random_));
        return TenantMembership{tenant.id, tenant.name, Role::owner};
    });
}

Result<TenantMembership> TeamService::rename_tenant(const AdminActor& actor, std::string_view name) {
    return in_transaction(work_, Access::write, [&](Repositories& r) -> Result<TenantMembership> {
        const auto all = CS_TRY(r.tenants().list());
        const auto before = std::ranges::find(all, actor.tenant, &Tenant::id);
        if (before == all.end()) return fail(ErrorCode::not_found, "no such organisation");
        const auto named = std::ranges::find(all, name, &Tenant::name);
        if (named != all.end() && named != before)
            return fail_field(ErrorCode::conflict, "name", "An organisation has this name already.");
        CS_TRY(r.tenants().rename(actor.tenant, name));
        const AuditEntry entry{actor.tenant,
                               actor.actor,
                               "tenant.renamed",
                               actor.tenant.text(),
                               {{"before", before->name}, {"after", std::string(name)}}};
        CS_TRY(append_audit(r, entry, clock_.now(), random_));
        Role role = Role::auditor;
        if (const auto id = AdministratorId::parse(actor.actor)) {
            const auto membership = CS_TRY(r.admin().administrators().membership(actor.tenant, *id));
            if (membership) role = membership->role;
        }
        return TenantMembership{actor.tenant, std::string(name), role};
    });
}

}  // namespace countersign::domain
