#include "domain/admin/account_service.hpp"

#include <algorithm>

#include "domain/admin/password_policy.hpp"
#include "domain/admin/throttle.hpp"
#include "domain/audit/trail.hpp"

namespace countersign::domain {

Result<bool> AccountService::owner_exists() {
    return in_transaction(work_, Access::read,
                          [](Repositories& r) { return r.admin().administrators().has_first_owner(); });
}

Result<std::string> AccountService::hash_new_password(std::string_view password, std::string_view email,
                                                      std::string_view name, std::string_view organisation) {
    CS_TRY(check_new_password(password, {email, name, organisation}));
    return hasher_.hash(password);
}

Result<Administrator> AccountService::insert_owner(Repositories& repositories, const NewOwner& owner,
                                                   std::string hash, std::string_view actor) {
    Administrator administrator;
    administrator.created_at = clock_.now();
    administrator.id = AdministratorId::make(administrator.created_at, random_);
    administrator.email = owner.email;
    administrator.name = owner.name;
    administrator.password_hash = std::move(hash);
    administrator.password_changed_at = administrator.created_at;
    auto& administrators = repositories.admin().administrators();
    const auto taken = CS_TRY(administrators.find_by_email(owner.email));
    if (taken) return fail_field(ErrorCode::conflict, "email", "This address has an account already.");
    CS_TRY(administrators.insert(administrator));
    CS_TRY(own_everything(repositories, administrator.id, owner.organisation,
                          actor.empty() ? administrator.id.text() : actor));
    return administrator;
}

Result<void> AccountService::own_everything(Repositories& repositories, const AdministratorId& id,
                                            std::string_view organisation, std::string_view actor) {
    const auto now = clock_.now();
    auto tenants = CS_TRY(repositories.tenants().list());
    const auto named = std::ranges::find(tenants, organisation, &Tenant::name);
    if (!organisation.empty() && named == tenants.end()) {
        Tenant tenant;
        tenant.id = TenantId::make(now, random_);
        tenant.name = std::string(organisation);
        tenant.wrapped_key = CS_TRY(keys_.new_tenant_key(tenant.id));
        tenant.created_at = now;
        CS_TRY(repositories.tenants().insert(tenant));
        const AuditEntry made{tenant.id, std::string(actor), "tenant.created", tenant.id.text(), {}};
        CS_TRY(append_audit(repositories, made, now, random_));
        tenants.insert(tenants.begin(), std::move(tenant));
    } else if (tenants.empty()) {
        return fail(ErrorCode::invalid_argument, "there is no organisation yet: name one");
    } else if (named != tenants.end()) {
        std::rotate(tenants.begin(), named, named + 1);
    }
    // The organisation that was named comes first: it is the one to act in after signing in.
    Micros later{0};
    for (const Tenant& tenant : tenants) {
        const Membership membership{tenant.id, id, Role::owner, UnixMicros{now.value + later.value++}};
        CS_TRY(repositories.admin().administrators().add_membership(membership));
        const AuditEntry joined{
            tenant.id, std::string(actor), "administrator.created", id.text(), {{"role", "owner"}}};
        CS_TRY(append_audit(repositories, joined, now, random_));
    }
    return {};
}

Result<SignedIn> AccountService::create_first_owner(const NewOwner& owner, const SignInOrigin& origin) {
    NewOwner wanted = owner;
    wanted.email = CS_TRY(normal_email(owner.email));
    const bool exists = CS_TRY(owner_exists());
    if (exists) return fail(ErrorCode::conflict, "the first owner exists");
    const std::string hash =
        CS_TRY(hash_new_password(owner.password, wanted.email, owner.name, owner.organisation));
    return in_transaction(work_, Access::write, [&](Repositories& r) -> Result<SignedIn> {
        const auto administrator = CS_TRY(insert_owner(r, wanted, hash, {}));
        CS_TRY(r.admin().administrators().claim_first_owner(administrator.id));
        return open_session(r, administrator, origin, clock_.now(), random_);
    });
}

Result<Administrator> AccountService::create_owner(std::string_view email, std::string_view name,
                                                   std::string_view organisation) {
    NewOwner wanted;
    wanted.email = CS_TRY(normal_email(email));
    wanted.name = std::string(name);
    wanted.organisation = std::string(organisation);
    if (name.empty() || name.size() > 100 || organisation.size() > 100)
        return fail(ErrorCode::invalid_argument, "names have 1 to 100 bytes");
    const std::string hash = CS_TRY(hasher_.hash(random_.token(32)));
    return in_transaction(work_, Access::write, [&](Repositories& r) -> Result<Administrator> {
        auto administrator = CS_TRY(insert_owner(r, wanted, hash, "cli"));
        const bool exists = CS_TRY(r.admin().administrators().has_first_owner());
        if (!exists) CS_TRY(r.admin().administrators().claim_first_owner(administrator.id));
        return administrator;
    });
}

Result<Administrator> AccountService::rename(const AdministratorId& id, std::string_view name) {
    return in_transaction(work_, Access::write, [&](Repositories& r) -> Result<Administrator> {
        CS_TRY(r.admin().administrators().rename(id, name));
        CS_TRY(audit_for(r, id, "administrator.renamed", clock_.now(), random_));
        return r.admin().administrators().find(id);
    });
}

Result<std::vector<std::string>> AccountService::new_recovery_codes(const AdministratorId& id) {
    auto codes =
        in_transaction(work_, Access::write, [&](Repositories& r) -> Result<std::vector<std::string>> {
            CS_TRY(audit_for(r, id, "administrator.recovery_codes_renewed", clock_.now(), random_));
            return factor_.new_recovery_codes(r, id);
        });
    if (codes)
        notices_.tell(id, "the recovery codes of your account were made anew; the old ones have ended");
    return codes;
}

Result<std::int64_t> AccountService::recovery_codes_left(const AdministratorId& id) {
    return in_transaction(work_, Access::read, [&](Repositories& r) {
        return r.admin().administrators().recovery_codes_left(id);
    });
}

Result<std::vector<ListedAdministrator>> AccountService::list() {
    return in_transaction(work_, Access::read,
                          [](Repositories& r) -> Result<std::vector<ListedAdministrator>> {
                              const auto all = CS_TRY(r.admin().administrators().list());
                              std::vector<ListedAdministrator> listed;
                              for (const Administrator& one : all) {
                                  auto memberships = CS_TRY(memberships_of(r, one.id));
                                  listed.push_back({one, std::move(memberships)});
                              }
                              return listed;
                          });
}

Result<Administrator> AccountService::by_email(Repositories& repositories, std::string_view email) {
    const std::string normal = CS_TRY(normal_email(email));
    auto found = CS_TRY(repositories.admin().administrators().find_by_email(normal));
    if (!found) return fail(ErrorCode::not_found, "no administrator has this address");
    return *std::move(found);
}

Result<void> AccountService::reset_second_factor(std::string_view email) {
    return in_transaction(work_, Access::write, [&](Repositories& r) -> Result<void> {
        const auto found = CS_TRY(by_email(r, email));
        CS_TRY(r.admin().administrators().clear_totp(found.id));
        CS_TRY(r.admin().administrators().replace_recovery_codes(found.id, {}));
        CS_TRY(r.admin().passkeys().remove_all(found.id));
        CS_TRY(r.admin().sessions().remove_all(found.id, std::nullopt));
        CS_TRY(forget_tries(r, TryKind::second_factor, found.id.text()));
        return audit_about(r, "cli", found.id, "administrator.second_factor_reset", clock_.now(), random_);
    });
}

Result<int> AccountService::revoke_sessions(std::string_view email) {
    return in_transaction(work_, Access::write, [&](Repositories& r) -> Result<int> {
        const auto found = CS_TRY(by_email(r, email));
        const auto sessions = CS_TRY(r.admin().sessions().of(found.id));
        CS_TRY(r.admin().sessions().remove_all(found.id, std::nullopt));
        CS_TRY(r.admin().sessions().remove_resets(found.id));
        CS_TRY(audit_about(r, "cli", found.id, "administrator.sessions_revoked", clock_.now(), random_));
        return static_cast<int>(sessions.size());
    });
}

}  // namespace countersign::domain
