#pragma once

#include <array>
#include <string_view>

#include "base/bytes.hpp"

namespace countersign::crypto {

using Digest32 = std::array<std::uint8_t, 32>;

/// SHA-256 over OpenSSL's EVP, the algorithm fetched once per process. Threads: safe.
Digest32 sha256(ByteView data);

/// HMAC-SHA-256 (RFC 2104). Any key length is computed; callers enforce their own floor. Threads: safe.
Digest32 hmac_sha256(ByteView key, ByteView data);

/// HKDF-SHA-256 (RFC 5869): `length` bytes derived from `key`, bound to `info`. An empty salt is allowed.
/// Errors: invalid_argument when `key` is empty or `length` is 0 or above 255 × 32.
Result<SecretBytes> hkdf_sha256(ByteView key, ByteView salt, std::string_view info, std::size_t length);

/// Compares without a timing that depends on the content. Different lengths are unequal (the length is no
/// secret).
bool constant_time_equal(ByteView a, ByteView b);

}  // namespace countersign::crypto
