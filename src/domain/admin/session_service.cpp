#include "domain/admin/session_service.hpp"

#include "domain/admin/throttle.hpp"
#include "domain/audit/trail.hpp"
#include "telemetry/log.hpp"

namespace countersign::domain {
namespace {

namespace log = telemetry::log;

struct Asked {
    bool allowed{false};
    std::optional<Administrator> administrator;
};

tl::unexpected<Error> too_many() {
    return fail(ErrorCode::rate_limited, "too many tries to sign in");
}

tl::unexpected<Error> wrong_credentials() {
    return fail(ErrorCode::unauthenticated, "wrong e-mail, password or code");
}

Result<Asked> ask(Repositories& repositories, const std::string& email, const SignInOrigin& origin,
                  UnixMicros now) {
    Asked asked;
    const bool account = CS_TRY(may_try(repositories, TryKind::account, email, now));
    const bool address = CS_TRY(may_try(repositories, TryKind::address, origin.address, now));
    asked.allowed = account && address;
    asked.administrator = CS_TRY(repositories.admin().administrators().find_by_email(email));
    return asked;
}

}  // namespace

Result<bool> AdminSessionService::password_holds(const std::optional<Administrator>& administrator,
                                                 std::string_view password) {
    const std::string& hash = administrator ? administrator->password_hash : hasher_.decoy();
    const bool matches = CS_TRY(hasher_.verify(hash, password));
    return matches && administrator.has_value();
}

Result<SignedIn> AdminSessionService::refused(const std::optional<Administrator>& administrator,
                                              const SignInOrigin& origin) {
    log::event(log::Level::warning, "admin.sign_in_failed", {{"address", origin.address}});
    if (administrator) {
        CS_TRY(in_transaction(work_, Access::write, [&](Repositories& r) {
            return audit_for(r, administrator->id, "administrator.sign_in_failed", clock_.now(), random_,
                             {{"address", origin.address}, {"factor", "password"}});
        }));
    }
    return wrong_credentials();
}

Result<SignedIn> AdminSessionService::sign_in(std::string_view email, std::string_view password,
                                              const SignInOrigin& origin) {
    const auto normal = normal_email(email);
    const std::string account = normal ? *normal : std::string(email);
    const auto asked = CS_TRY(in_transaction(work_, Access::write, [&](Repositories& r) -> Result<Asked> {
        return ask(r, account, origin, clock_.now());
    }));
    if (!asked.allowed) return too_many();
    const bool holds = CS_TRY(password_holds(asked.administrator, password));
    if (!holds) return refused(asked.administrator, origin);

    return in_transaction(work_, Access::write, [&](Repositories& r) -> Result<SignedIn> {
        const auto administrator = CS_TRY(r.admin().administrators().find(asked.administrator->id));
        // Changed while it was being checked: what was proved is no longer the password.
        if (administrator.password_hash != asked.administrator->password_hash) return wrong_credentials();
        CS_TRY(forget_tries(r, TryKind::account, account));
        return open_session(r, administrator, origin, clock_.now(), random_);
    });
}

Result<SignedIn> AdminSessionService::activate(Repositories& repositories, AdminSession session) {
    const auto now = clock_.now();
    SignedIn signed_in;
    signed_in.token = random_.token(32);
    session.token_hash = session_token_hash(signed_in.token);
    session.state = SessionState::active;
    session.last_seen_at = now;
    session.authenticated_at = now;
    session.expires_at = now + kSessionLife;
    CS_TRY(repositories.admin().sessions().update(session));
    CS_TRY(repositories.admin().administrators().signed_in(session.administrator, now));
    CS_TRY(audit_for(repositories, session.administrator, "administrator.signed_in", now, random_,
                     {{"address", session.address}}));
    signed_in.view = CS_TRY(view_of(repositories, std::move(session)));
    return signed_in;
}

Result<SignedIn> AdminSessionService::prove_second_factor(std::string_view token, const Proof& proof) {
    // A refusal is a value: its count and its event must be stored.
    struct Outcome {
        std::optional<SignedIn> signed_in;
        bool allowed{true};
    };
    auto tried = in_transaction(work_, Access::write, [&](Repositories& r) -> Result<Outcome> {
        const auto now = clock_.now();
        Outcome result;
        auto session = CS_TRY(live_session(r, token, now));
        if (session.state != SessionState::password_ok)
            return fail(ErrorCode::conflict, "the session does not wait for a second factor");
        result.allowed = CS_TRY(may_try(r, TryKind::second_factor, session.administrator.text(), now));
        if (!result.allowed) return result;
        const auto administrator = CS_TRY(r.admin().administrators().find(session.administrator));
        const bool holds = CS_TRY(factor_.accept(r, session, administrator, proof));
        if (!holds) {
            CS_TRY(audit_for(r, administrator.id, "administrator.sign_in_failed", now, random_,
                             {{"address", session.address}, {"factor", "second"}}));
            return result;
        }
        CS_TRY(forget_tries(r, TryKind::second_factor, administrator.id.text()));
        if (!proof.recovery_code.empty())
            CS_TRY(audit_for(r, administrator.id, "administrator.recovery_code_used", now, random_));
        result.signed_in = CS_TRY(activate(r, std::move(session)));
        return result;
    });
    auto outcome = CS_TRY(std::move(tried));
    if (!outcome.allowed) return too_many();
    if (!outcome.signed_in) return wrong_credentials();
    return *std::move(outcome.signed_in);
}

Result<SessionView> AdminSessionService::reauthenticate(std::string_view token, std::string_view password,
                                                        const Proof& proof) {
    const auto before = CS_TRY(active(token));
    const AdministratorId id = before.administrator.id;
    const bool allowed = CS_TRY(in_transaction(work_, Access::write, [&](Repositories& r) {
        return may_try(r, TryKind::second_factor, id.text(), clock_.now());
    }));
    if (!allowed) return too_many();
    const bool password_ok = CS_TRY(password_holds(before.administrator, password));
    auto view_outcome =
        in_transaction(work_, Access::write, [&](Repositories& r) -> Result<std::optional<SessionView>> {
            const auto now = clock_.now();
            auto session = CS_TRY(live_session(r, token, now));
            const auto administrator = CS_TRY(r.admin().administrators().find(id));
            const bool unchanged = administrator.password_hash == before.administrator.password_hash;
            const bool code_ok =
                password_ok && unchanged ? CS_TRY(factor_.accept(r, session, administrator, proof)) : false;
            if (!code_ok) {
                CS_TRY(audit_for(r, id, "administrator.reauthentication_failed", now, random_));
                return std::optional<SessionView>{};
            }
            CS_TRY(forget_tries(r, TryKind::second_factor, id.text()));
            session.authenticated_at = now;
            CS_TRY(r.admin().sessions().update(session));
            auto fresh = CS_TRY(view_of(r, std::move(session)));
            return std::optional(std::move(fresh));
        });
    auto view = CS_TRY(std::move(view_outcome));
    if (!view) return fail(ErrorCode::forbidden, "wrong password or code");
    return *std::move(view);
}

}  // namespace countersign::domain
