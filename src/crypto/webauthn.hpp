#pragma once

#include <cstdint>
#include <string>

#include "base/bytes.hpp"

namespace countersign::crypto {

/// Whose passkeys these are: what an authenticator binds them to. Source: WebAuthn Level 3 §5.1.2, §13.4.9.
struct RelyingParty {
    std::string id;      // the domain: "portal.example"
    std::string origin;  // of the pages, as browsers write it: "https://portal.example:8441"
};

/// COSE numbers of the signatures that are taken.
enum class PasskeyAlgorithm : std::int64_t { es256 = -7, eddsa = -8, rs256 = -257 };
Result<PasskeyAlgorithm> parse_passkey_algorithm(std::int64_t number);

/// The public half of a passkey: what is stored and what signatures are checked with.
struct PasskeyKey {
    Bytes credential_id;  // names it to the browser; chosen by the authenticator, at most 1023 bytes
    PasskeyAlgorithm algorithm{PasskeyAlgorithm::es256};
    Bytes public_key;             // in libfido2's plain form: x and y, the Ed25519 key, or n and e
    std::uint32_t sign_count{0};  // of the last signature; stays 0 with authenticators that do not count
};

/// What a browser answers to `navigator.credentials.create`. Untrusted.
struct PasskeyRegistration {
    Bytes client_data;         // clientDataJSON
    Bytes authenticator_data;  // getAuthenticatorData()
};

/// What a browser answers to `navigator.credentials.get`. Untrusted.
struct PasskeyAssertion {
    Bytes credential_id;
    Bytes client_data;
    Bytes authenticator_data;
    Bytes signature;
};

inline constexpr std::size_t kPasskeyChallengeBytes = 32;
/// The most that is looked at, per part; real answers stay far below.
inline constexpr std::size_t kMostClientData = 2048;
inline constexpr std::size_t kMostAuthenticatorData = 2048;
inline constexpr std::size_t kMostPasskeySignature = 512;
inline constexpr std::size_t kMostCredentialId = 1023;

/// Reads a new passkey, provided that it was made for `party` in answer to `challenge` by a person who was
/// there. No attestation is asked for, so none is looked at: which model made the key proves nothing here.
///
/// Extensions are refused: none is asked for.
/// Errors:  invalid_argument (anything else but such an answer), internal (libfido2). Threads: safe.
/// Source:  WebAuthn Level 3 §7.1, steps 5 to 24 without those of attestation.
Result<PasskeyKey> verify_registration(const RelyingParty& party, ByteView challenge,
                                       const PasskeyRegistration& answer);

/// Checks that the holder of `key` answered `challenge` on a page of `party`; returns the signature's count.
///
/// The caller looks up `key` by the credential id, uses a challenge once, and refuses a count that is not
/// newer than the stored one: a copy of the key is in use.
/// Errors and threads: as above. Source: WebAuthn Level 3 §7.2, steps 7 to 22.
Result<std::uint32_t> verify_assertion(const RelyingParty& party, ByteView challenge, const PasskeyKey& key,
                                       const PasskeyAssertion& answer);

}  // namespace countersign::crypto
