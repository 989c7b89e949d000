#pragma once

#include "domain/admin/account_notices.hpp"
#include "domain/admin/passkeys.hpp"
#include "domain/admin/session_view.hpp"

namespace countersign::domain {

inline constexpr std::size_t kMostPasskeys = 10;

/// What a browser needs to ask an authenticator.
struct PasskeyChallenge {
    Bytes challenge;
    std::string domain;
    std::vector<Bytes> credentials;  // those registered: to leave out, or to choose from
};

/// An administrator's own passkeys: a second factor beside the codes, which stay.
///
/// The caller has made sure that the session is active and, to add or remove one, fresh; `begin_proof` is for
/// a session that waits for its second factor, too. Proving is AdminSessionService's. Its owner gets a mail
/// when one is added or removed.
///
/// Errors:  conflict (passkeys are not possible here, too many, nothing to prove with), invalid_argument (an
///          answer that does not hold), not_found, unauthenticated, second_factor_required (none is set up
///          yet), unavailable.
/// Threads: safe; blocks on the store; request lane only.
class PasskeyService {
public:
    PasskeyService(UnitOfWork& work, const Passkeys& passkeys, MailService& mail, const Clock& clock,
                   Random& random)
        : work_(work), passkeys_(passkeys), notices_(work, mail, clock), clock_(clock), random_(random) {}

    bool available() const { return passkeys_.available(); }
    Result<PasskeyChallenge> begin_registration(const AdminSession& session);
    Result<Passkey> finish_registration(const AdminSession& session, std::string_view name,
                                        const crypto::PasskeyRegistration& answer);
    Result<PasskeyChallenge> begin_proof(std::string_view token);

    Result<std::vector<Passkey>> list(const AdministratorId& administrator);
    Result<Passkey> rename(const AdministratorId& administrator, const PasskeyId& id, std::string_view name);
    Result<void> remove(const AdministratorId& administrator, const PasskeyId& id);

private:
    Result<PasskeyChallenge> challenge_for(Repositories& repositories, const AdminSession& session,
                                           PasskeyUse use);

    UnitOfWork& work_;
    const Passkeys& passkeys_;
    AccountNotices notices_;
    const Clock& clock_;
    Random& random_;
};

}  // namespace countersign::domain
