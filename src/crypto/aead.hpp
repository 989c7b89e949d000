#pragma once

#include <string_view>

#include "base/bytes.hpp"
#include "base/random.hpp"

namespace countersign::crypto {

/// Where a sealed value lives. It is authenticated with the value, so that a ciphertext copied to another
/// tenant, table, column or row does not open (threat T4). `purpose` names the kind of secret: "template".
struct RowAddress {
    std::string_view purpose;
    std::string_view tenant;
    std::string_view table;
    std::string_view column;
    std::string_view row_id;
};

/// The associated data of a row: a version, then each part with its length in front, so that no two addresses
/// share an encoding.
Bytes row_aad(const RowAddress& address);

/// AES-256-GCM with a fresh random 96-bit nonce per call.
///
/// Sealed form: version (1 byte, 1) ‖ nonce (12) ‖ ciphertext ‖ tag (16). One key must not seal more than
/// 2^32 values; keys here belong to one tenant or one subject, far below that.
///
/// Errors:  `seal`: invalid_argument when the key is not 32 bytes. `open`: invalid_argument likewise;
/// internal
///          when the form is wrong or the tag does not hold (never says which).
/// Threads: safe when `Random` is.
class Aead {
public:
    static constexpr std::size_t kKeyBytes = 32;
    static constexpr std::size_t kOverheadBytes = 1 + 12 + 16;

    explicit Aead(Random& random) : random_(random) {}

    Result<Bytes> seal(const SecretBytes& key, ByteView plaintext, ByteView aad) const;
    Result<SecretBytes> open(const SecretBytes& key, ByteView sealed, ByteView aad) const;

    /// A fresh data key for this cipher.
    SecretBytes new_key() const { return SecretBytes(random_.bytes(kKeyBytes)); }

private:
    Random& random_;
};

}  // namespace countersign::crypto
