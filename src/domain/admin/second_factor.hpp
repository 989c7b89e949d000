#pragma once

#include <string>
#include <vector>

#include "domain/admin/passkeys.hpp"
#include "domain/tenant/keys.hpp"
#include "domain/unit_of_work.hpp"

namespace countersign::domain {

/// A new secret for an authenticator, shown once.
struct TotpEnrolment {
    std::string secret;  // base32
    std::string uri;     // otpauth://…, for a QR code
};

/// What an administrator proves the second factor with: one of the three.
struct Proof {
    std::string totp;
    std::string recovery_code;
    std::optional<crypto::PasskeyAssertion> passkey{};
};

/// Time-based codes, recovery codes and passkeys. Every function works inside the caller's transaction.
///
/// A code of a time step counts once: the step is moved forward by a compare-and-set. A recovery code has 80
/// random bits, so a plain SHA-256 of it is stored; it is deleted when used.
///
/// Errors:  internal, unavailable; confirm: conflict when nothing was begun. Threads: safe.
/// Source:  RFC 6238; NIST SP 800-63B-4 §3.1.2, §3.1.4.
class SecondFactor {
public:
    SecondFactor(const Keys& keys, const Passkeys& passkeys, const Clock& clock, Random& random)
        : keys_(keys), passkeys_(passkeys), clock_(clock), random_(random) {}

    Result<TotpEnrolment> begin(Repositories& repositories, const Administrator& administrator) const;
    /// False for a wrong code; the secret that counted before counts until this is true.
    Result<bool> confirm(Repositories& repositories, const Administrator& administrator,
                         std::string_view code) const;
    /// False for a wrong or used code, for a passkey that did not answer this session's challenge, and for an
    /// administrator without a second factor.
    Result<bool> accept(Repositories& repositories, const AdminSession& session,
                        const Administrator& administrator, const Proof& proof) const;
    /// Ten codes of the form "abcd-efgh-jkmn-pqrs"; those from before end.
    Result<std::vector<std::string>> new_recovery_codes(Repositories& repositories,
                                                        const AdministratorId& administrator) const;

private:
    const Keys& keys_;
    const Passkeys& passkeys_;
    const Clock& clock_;
    Random& random_;
};

/// Wraps the secrets of all second factors with the current master key; returns how many were not yet. Until
/// it was run, the former master key must not be retired: the secrets would be lost with it. A secret that is
/// lost already is logged and left. Errors: unavailable. Threads: safe; blocks on the store.
Result<int> rewrap_second_factors(UnitOfWork& work, const Keys& keys);

}  // namespace countersign::domain
