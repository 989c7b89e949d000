// AccountService: changing a password, and getting back in without it.
#include "domain/admin/account_service.hpp"
#include "domain/admin/password_policy.hpp"
#include "domain/admin/throttle.hpp"
#include "domain/audit/trail.hpp"
#include "telemetry/log.hpp"

namespace countersign::domain {
namespace {

constexpr Micros kResetLife = minutes(30);

/// Makes the token, its row, and ends older ones: only the newest link works.
Result<std::string> new_reset(Repositories& repositories, const AdministratorId& id, UnixMicros now,
                              Random& random) {
    std::string token = random.token(32);
    auto& sessions = repositories.admin().sessions();
    CS_TRY(sessions.remove_resets(id));
    CS_TRY(sessions.insert_reset(session_token_hash(token), id, now + kResetLife));
    return token;
}

Mail reset_mail(const Administrator& administrator, std::string_view link_base, std::string_view token) {
    return {administrator.email, "Set a new password for Countersign",
            fmt::format(
                "Hello {},\n\nsomebody asked for a new password for this address. Within 30 minutes this "
                "link sets one, once:\n\n{}{}\n\nYour authenticator is still needed afterwards. If it was "
                "not you, do nothing: the password stays as it is.\n",
                administrator.name, link_base, token)};
}

}  // namespace

Result<void> AccountService::change_password(const AdministratorId& id, std::string_view password,
                                             const AdminSessionId& keep) {
    const auto before = CS_TRY(in_transaction(
        work_, Access::read, [&](Repositories& r) { return r.admin().administrators().find(id); }));
    const std::string hash = CS_TRY(hash_new_password(password, before.email, before.name, {}));
    const auto changed = in_transaction(work_, Access::write, [&](Repositories& r) -> Result<void> {
        const auto now = clock_.now();
        CS_TRY(r.admin().administrators().set_password(id, hash, now));
        CS_TRY(r.admin().sessions().remove_all(id, keep));
        CS_TRY(r.admin().sessions().remove_resets(id));
        return audit_for(r, id, "administrator.password_changed", now, random_);
    });
    if (changed) notices_.tell(id, "the password of your account was changed");
    return changed;
}

Result<void> AccountService::request_reset(std::string_view email, std::string_view link_base) {
    const std::string normal = CS_TRY(normal_email(email));
    struct Prepared {
        Administrator administrator;
        std::string token;
        TenantId tenant;
    };
    auto prepared_outcome =
        in_transaction(work_, Access::write, [&](Repositories& r) -> Result<std::optional<Prepared>> {
            auto found = CS_TRY(r.admin().administrators().find_by_email(normal));
            const bool allowed = CS_TRY(may_try(r, TryKind::account, "reset " + normal, clock_.now()));
            if (!found || !allowed) return std::optional<Prepared>{};
            // Of the first organisation alone: whoever runs the mail server of another one that the person
            // joined later must not get a link into the first.
            const auto home = CS_TRY(mail_home(r, found->id));
            if (!home) return std::optional<Prepared>{};
            auto token = CS_TRY(new_reset(r, found->id, clock_.now(), random_));
            CS_TRY(audit_for(r, found->id, "administrator.password_reset_requested", clock_.now(), random_));
            return std::optional(Prepared{*std::move(found), std::move(token), *home});
        });
    const auto prepared = CS_TRY(std::move(prepared_outcome));
    if (!prepared) {
        telemetry::log::event(telemetry::log::Level::info, "admin.reset_not_sent");
        return {};
    }
    return mail_.send_later(prepared->tenant,
                            reset_mail(prepared->administrator, link_base, prepared->token));
}

Result<std::string> AccountService::issue_reset(std::string_view email) {
    return in_transaction(work_, Access::write, [&](Repositories& r) -> Result<std::string> {
        const auto found = CS_TRY(by_email(r, email));
        CS_TRY(
            audit_about(r, "cli", found.id, "administrator.password_reset_requested", clock_.now(), random_));
        CS_TRY(forget_tries(r, TryKind::account, found.email));
        return new_reset(r, found.id, clock_.now(), random_);
    });
}

Result<void> AccountService::redeem_reset(std::string_view token, std::string_view password) {
    const std::string token_hash = session_token_hash(token);
    const auto find = [&](Repositories& r) -> Result<Administrator> {
        const auto id = CS_TRY(r.admin().sessions().find_reset(token_hash, clock_.now()));
        if (!id) return fail(ErrorCode::gone, "the link was used or is over");
        return r.admin().administrators().find(*id);
    };
    const auto before = CS_TRY(in_transaction(work_, Access::read, find));
    const std::string hash = CS_TRY(hash_new_password(password, before.email, before.name, {}));
    const auto changed = in_transaction(work_, Access::write, [&](Repositories& r) -> Result<void> {
        const auto now = clock_.now();
        const auto administrator = CS_TRY(find(r));  // used in the meantime: the second one loses
        CS_TRY(r.admin().sessions().remove_resets(administrator.id));
        CS_TRY(r.admin().administrators().set_password(administrator.id, hash, now));
        CS_TRY(r.admin().sessions().remove_all(administrator.id, std::nullopt));
        CS_TRY(forget_tries(r, TryKind::account, administrator.email));
        return audit_for(r, administrator.id, "administrator.password_reset", now, random_);
    });
    if (changed) notices_.tell(before.id, "a new password was set for your account by a link from a mail");
    return changed;
}

}  // namespace countersign::domain
