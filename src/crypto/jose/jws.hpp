#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/json.hpp"

namespace countersign::crypto::jose {

/// Longest compact token that is looked at.
inline constexpr std::size_t kMaxTokenBytes = 8192;

/// RFC 7518 §3.2: an HS256 key has at least the size of the hash.
inline constexpr std::size_t kMinHs256KeyBytes = 32;

/// A signed JWT with the header {"alg":"HS256","typ":"JWT"}; members keep the order of `claims`.
/// Errors: invalid_argument when the key is shorter than 32 bytes or the token would exceed the size limit.
Result<std::string> sign_hs256(const json::object& claims, ByteView key);

/// Checks form and signature of a JWT and returns its claims. It does not judge the claims: see check_claims.
///
/// Accepted: exactly three canonical base64url segments, a header that holds `alg` "HS256", `typ` "JWT" and
/// nothing else, a payload that is one JSON object without duplicate members. Nothing in the token chooses
/// the algorithm or the key.
///
/// `keys` are tried all, whatever the first ones say (rotation: current and previous secret).
///
/// Errors:  unauthenticated for every fault of the token; invalid_argument when `keys` is empty or holds a
/// key
///          shorter than 32 bytes.
/// Threads: safe.
/// Source:  RFC 7515 §5.2, RFC 7519 §7.2, RFC 8725 §3; requirement S1, threat T3.
Result<json::object> verify_hs256(std::string_view token, std::span<const ByteView> keys);

/// Reads the claims of a well-formed token WITHOUT checking its signature: only to find out whose key has to
/// verify it. Same form checks and errors as verify_hs256.
Result<json::object> peek_unverified(std::string_view token);

}  // namespace countersign::crypto::jose
