#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/time.hpp"

namespace countersign::crypto {

/// Length of a new secret: that of the HMAC's output. Source: RFC 4226 §4, R6.
inline constexpr std::size_t kTotpSecretBytes = 20;

/// The time step whose code this is: the current one, the one before or the one after (RFC 6238 §5.2, §6);
/// nullopt for a wrong code. Steps are 30 seconds, codes six digits, the HMAC SHA-1 as authenticators expect.
///
/// The caller must refuse a step that was used before. Errors: internal (liboath). Threads: safe.
Result<std::optional<std::int64_t>> totp_step(ByteView secret, std::string_view code, UnixMicros now);

/// RFC 4648 base32 without padding, as authenticators take it.
std::string to_base32(ByteView bytes);

/// `otpauth://totp/Issuer:account?secret=…`, for a QR code. Holds the secret: never log it.
std::string totp_uri(ByteView secret, std::string_view issuer, std::string_view account);

}  // namespace countersign::crypto
