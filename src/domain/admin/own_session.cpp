// AdminSessionService: what a signed-in administrator does with his sessions and his second factor.
#include "domain/admin/session_service.hpp"
#include "domain/admin/throttle.hpp"
#include "domain/audit/trail.hpp"

namespace countersign::domain {

Result<SessionView> AdminSessionService::view(std::string_view token) {
    return in_transaction(work_, Access::read, [&](Repositories& r) -> Result<SessionView> {
        auto session = CS_TRY(live_session(r, token, clock_.now()));
        return view_of(r, std::move(session));
    });
}

Result<SessionView> AdminSessionService::active(std::string_view token) {
    auto found = CS_TRY(view(token));
    if (found.session.state != SessionState::active)
        return fail(ErrorCode::second_factor_required, found.session.id.text());
    return found;
}

Result<void> AdminSessionService::sign_out(std::string_view token) {
    return in_transaction(work_, Access::write, [&](Repositories& r) -> Result<void> {
        const auto session = CS_TRY(live_session(r, token, clock_.now()));
        CS_TRY(r.admin().sessions().remove(session.administrator, session.id));
        return audit_for(r, session.administrator, "administrator.signed_out", clock_.now(), random_);
    });
}

Result<SessionView> AdminSessionService::switch_tenant(std::string_view token, const TenantId& tenant) {
    return in_transaction(work_, Access::write, [&](Repositories& r) -> Result<SessionView> {
        auto session = CS_TRY(live_session(r, token, clock_.now()));
        if (session.state != SessionState::active)
            return fail(ErrorCode::second_factor_required, session.id.text());
        const auto membership = CS_TRY(r.admin().administrators().membership(tenant, session.administrator));
        // The same answer as for a tenant that does not exist: nobody can ask which there are.
        if (!membership) return fail(ErrorCode::not_found, "not a member of that organisation");
        session.tenant = tenant;
        CS_TRY(r.admin().sessions().update(session));
        return view_of(r, std::move(session));
    });
}

Result<std::vector<AdminSession>> AdminSessionService::list(const AdministratorId& administrator) {
    const auto now = clock_.now();
    auto all = CS_TRY(in_transaction(
        work_, Access::read, [&](Repositories& r) { return r.admin().sessions().of(administrator); }));
    std::erase_if(all, [now](const AdminSession& session) {
        return session.expires_at <= now || session.last_seen_at + kSessionIdle <= now;
    });
    return all;
}

Result<void> AdminSessionService::revoke(const AdministratorId& administrator, const AdminSessionId& id) {
    return in_transaction(work_, Access::write, [&](Repositories& r) -> Result<void> {
        CS_TRY(r.admin().sessions().remove(administrator, id));
        return audit_for(r, administrator, "administrator.session_revoked", clock_.now(), random_);
    });
}

Result<TotpEnrolment> AdminSessionService::begin_totp(std::string_view token) {
    return in_transaction(work_, Access::write, [&](Repositories& r) -> Result<TotpEnrolment> {
        const auto now = clock_.now();
        const auto session = CS_TRY(live_session(r, token, now));
        if (session.state == SessionState::password_ok)
            return fail(ErrorCode::second_factor_required, session.id.text());
        const auto administrator = CS_TRY(r.admin().administrators().find(session.administrator));
        // Set up by another session in the meantime: this one must prove it, not replace it.
        const bool first = session.state == SessionState::enrol_second_factor;
        if (first && administrator.totp_wrapped)
            return fail(ErrorCode::second_factor_required, session.id.text());
        if (!first && now >= session.authenticated_at + kFreshFor)
            return fail(ErrorCode::reauthentication_required, session.id.text());
        return factor_.begin(r, administrator);
    });
}

Result<AdminSessionService::Confirmed> AdminSessionService::confirm_totp(std::string_view token,
                                                                         std::string_view code) {
    auto confirmed_outcome =
        in_transaction(work_, Access::write, [&](Repositories& r) -> Result<std::optional<Confirmed>> {
            const auto now = clock_.now();
            auto session = CS_TRY(live_session(r, token, now));
            if (session.state == SessionState::password_ok)
                return fail(ErrorCode::second_factor_required, session.id.text());
            const auto administrator = CS_TRY(r.admin().administrators().find(session.administrator));
            if (session.state == SessionState::enrol_second_factor && administrator.totp_wrapped)
                return fail(ErrorCode::second_factor_required, session.id.text());
            const bool allowed = CS_TRY(may_try(r, TryKind::second_factor, administrator.id.text(), now));
            const bool holds = allowed ? CS_TRY(factor_.confirm(r, administrator, code)) : false;
            if (!holds) return std::optional<Confirmed>{};
            CS_TRY(forget_tries(r, TryKind::second_factor, administrator.id.text()));
            Confirmed result;
            result.replaced = administrator.totp_wrapped.has_value();
            result.recovery_codes = CS_TRY(factor_.new_recovery_codes(r, administrator.id));
            CS_TRY(r.admin().sessions().remove_all(administrator.id, session.id));
            CS_TRY(audit_for(r, administrator.id, "administrator.second_factor_set", now, random_));
            result.signed_in = CS_TRY(activate(r, std::move(session)));
            return std::optional(std::move(result));
        });
    auto confirmed = CS_TRY(std::move(confirmed_outcome));
    if (!confirmed)
        return fail_field(ErrorCode::invalid_argument, "totp",
                          "This code is not valid now. Try the next one.");
    if (confirmed->replaced) {
        notices_.tell(confirmed->signed_in.view.administrator.id,
                      "the authenticator of your account was replaced by another one");
    }
    return *std::move(confirmed);
}

Result<void> AdminSessionService::purge() {
    const auto now = clock_.now();
    return in_transaction(work_, Access::write, [&](Repositories& r) -> Result<void> {
        CS_TRY(r.admin().sessions().purge(now));
        CS_TRY(r.admin().invitations().purge(now));
        return r.admin().idempotency().purge(now - days(1));
    });
}

}  // namespace countersign::domain
