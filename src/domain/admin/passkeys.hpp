#pragma once

#include <optional>
#include <string_view>

#include "crypto/webauthn.hpp"
#include "domain/unit_of_work.hpp"

namespace countersign::domain {

constexpr Micros kPasskeyChallengeLife = minutes(5);

/// The relying party of the portal's origin ("https://portal.example:8441"). Browsers make passkeys for
/// domains alone, and only over TLS or on the machine itself: nullopt for an IP address, and for http but on
/// `localhost`.
std::optional<crypto::RelyingParty> relying_party_of(std::string_view origin);

/// Writes why an answer was refused into the log: the browser is told only that it was.
void log_refused_passkey(const Error& error, const AdminSession& session);

/// Challenges and proofs of passkeys. Every function works inside the caller's transaction.
///
/// A challenge has 32 random bytes, belongs to one session, lives for five minutes and is gone with the first
/// answer, right or wrong: the caller must let the transaction of a refused answer commit.
///
/// Errors:  conflict (passkeys are not possible here), unavailable. Threads: safe.
/// Source:  WebAuthn Level 3 §7.1, §7.2, §13.4.3.
class Passkeys {
public:
    Passkeys(std::optional<crypto::RelyingParty> party, const Clock& clock, Random& random)
        : party_(std::move(party)), clock_(clock), random_(random) {}

    bool available() const { return party_.has_value(); }
    Result<crypto::RelyingParty> party() const;

    Result<Bytes> new_challenge(Repositories& repositories, const AdminSession& session,
                                PasskeyUse use) const;
    /// False for anything but the right answer of a registered passkey to this session's challenge. A count
    /// that went back is a copy of the key, and an audit event.
    Result<bool> accept(Repositories& repositories, const AdminSession& session,
                        const crypto::PasskeyAssertion& answer) const;

private:
    std::optional<crypto::RelyingParty> party_;
    const Clock& clock_;
    Random& random_;
};

}  // namespace countersign::domain
