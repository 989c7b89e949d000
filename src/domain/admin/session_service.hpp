#pragma once

#include "crypto/password.hpp"
#include "domain/admin/account_notices.hpp"
#include "domain/admin/second_factor.hpp"
#include "domain/admin/session_view.hpp"

namespace countersign::domain {

/// Signing in and out of the portal: password, then second factor, then an active session.
///
/// An unknown address costs the same work and gives the same answer as a wrong password. Every try is counted
/// before it is checked. The session's token changes when the session becomes active, and with it what a
/// stolen earlier one is worth. A session of which the second factor is not set up yet can do nothing else.
///
/// Errors:  unauthenticated (wrong password, wrong or used code, no session), rate_limited (too many tries),
///          conflict (the step does not fit the session's state), not_found, forbidden (not a member),
///          unavailable, queue_full.
/// Threads: safe; blocks on the store and on password hashing; request lane only.
/// Source:  NIST SP 800-63B-4; OWASP ASVS 5 V6, V7; threats T12, T27.
class AdminSessionService {
public:
    AdminSessionService(UnitOfWork& work, const crypto::PasswordHasher& hasher, const SecondFactor& factor,
                        MailService& mail, const Clock& clock, Random& random)
        : work_(work),
          hasher_(hasher),
          factor_(factor),
          notices_(work, mail, clock),
          clock_(clock),
          random_(random) {}

    Result<SignedIn> sign_in(std::string_view email, std::string_view password, const SignInOrigin& origin);
    Result<SignedIn> prove_second_factor(std::string_view token, const Proof& proof);
    /// Password and code again: dangerous acts are open for five minutes.
    Result<SessionView> reauthenticate(std::string_view token, std::string_view password, const Proof& proof);

    /// The session in any state.
    Result<SessionView> view(std::string_view token);
    /// The session, provided it is active. Errors: second_factor_required.
    Result<SessionView> active(std::string_view token);
    Result<void> sign_out(std::string_view token);
    Result<SessionView> switch_tenant(std::string_view token, const TenantId& tenant);

    Result<std::vector<AdminSession>> list(const AdministratorId& administrator);
    Result<void> revoke(const AdministratorId& administrator, const AdminSessionId& id);

    /// The second factor of the signed-in administrator. Replacing a confirmed one asks for a fresh session:
    /// reauthentication_required.
    Result<TotpEnrolment> begin_totp(std::string_view token);
    struct Confirmed {
        bool replaced{false};  // an earlier one: its owner got a mail
        SignedIn signed_in;
        std::vector<std::string> recovery_codes;
    };
    Result<Confirmed> confirm_totp(std::string_view token, std::string_view code);

    /// Deletes what is over. For the scheduler.
    Result<void> purge();

private:
    /// Checks a password against an administrator, or against the decoy when there is none.
    Result<bool> password_holds(const std::optional<Administrator>& administrator, std::string_view password);
    Result<SignedIn> refused(const std::optional<Administrator>& administrator, const SignInOrigin& origin);
    Result<SignedIn> activate(Repositories& repositories, AdminSession session);

    UnitOfWork& work_;
    const crypto::PasswordHasher& hasher_;
    const SecondFactor& factor_;
    AccountNotices notices_;
    const Clock& clock_;
    Random& random_;
};

}  // namespace countersign::domain
