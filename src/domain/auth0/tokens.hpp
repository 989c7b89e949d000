#pragma once

#include <optional>
#include <vector>

#include "base/json.hpp"
#include "domain/integration/service.hpp"
#include "domain/verification/types.hpp"

namespace countersign::domain {

/// What a verified start token says. Source: docs/integration/auth0-tokens.md.
struct StartClaims {
    std::string issuer;
    std::string subject;
    std::string nonce;
    std::string transaction_id;
    std::string client_id;
    std::string client_name;
    std::string locale;
    std::string address;  // `ip`, a risk signal
    UnixMicros expires_at;
    SecretId secret;  // which of the integration's secrets signed it
};

struct ConfirmClaims {
    std::string issuer;
    std::string subject;
    std::string nonce;
    VerificationId verification;
};

/// What a verified result token says, as the Action reads it.
struct ResultClaims {
    std::string issuer;
    std::string subject;
    std::string state;
    std::string nonce;
    VerificationId verification;
    bool passed{false};
};

/// The integration a token names, read WITHOUT checking anything: only to find whose secrets have to verify
/// it.
Result<IntegrationId> unverified_integration(std::string_view token);

/// Errors: unauthenticated (form, signature, type, purpose, integration, lifetime over 300 s, a claim missing
/// or
///         out of bounds), transaction_expired (over).
Result<StartClaims> read_start_token(std::string_view token, const std::vector<OpenSecret>& secrets,
                                     const IntegrationId& integration, const Clock& clock);
Result<ConfirmClaims> read_confirm_token(std::string_view token, const std::vector<OpenSecret>& secrets,
                                         const IntegrationId& integration, const Clock& clock);

/// For a login that the portal plays: the same checks as the Action's.
Result<ResultClaims> read_result_token(std::string_view token, const std::vector<OpenSecret>& secrets,
                                       const IntegrationId& integration, const Clock& clock);

/// The result token, valid 60 s from `now`. `code` may be stricter than the verification's own.
/// Errors: unavailable when no secret is left to sign with.
Result<std::string> make_result_token(const Verification& verification, OutcomeCode code,
                                      const std::vector<OpenSecret>& secrets, UnixMicros now, Random& random);

}  // namespace countersign::domain
