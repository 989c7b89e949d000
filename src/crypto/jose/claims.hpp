#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "base/time.hpp"

namespace countersign::crypto::jose {

/// What one kind of token must say.
struct ClaimsPolicy {
    std::string purpose;               // `purpose` equals this
    std::vector<std::string> issuers;  // `iss` is one of these; an empty list refuses every token
    std::optional<std::string>
        audience;                 // `aud` is this, or an array that holds it; absent: `aud` is not read
    Micros max_lifetime;          // `exp` − `iat` at most
    Micros leeway = seconds(30);  // for clocks that differ; at most 60 s
};

/// Judges the claims of a verified token. `iss`, `purpose`, `iat` and `exp` are required, `nbf` is honoured.
/// Times are whole seconds (RFC 7519 NumericDate); fractions are refused.
/// Errors:  transaction_expired when only `exp` is over, unauthenticated for everything else,
///          invalid_argument when the leeway of the policy exceeds 60 s.
Result<void> check_claims(const json::object& claims, const ClaimsPolicy& policy, const Clock& clock);

}  // namespace countersign::crypto::jose
