#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/guarded.hpp"
#include "crypto/aead.hpp"
#include "crypto/kek.hpp"

namespace countersign::crypto {

/// Wraps data keys with the current master key and unwraps with any master key it holds.
///
/// Wrapped form: version (1 byte, 1) ‖ master key id (8) ‖ sealed data key. The id is authenticated too. To
/// rotate, the caller gives the ring the new key in front (`adopt`), reads each wrapped key whose `key_id_of`
/// differs from `current_key_id()`, calls `rewrap` and stores the answer; afterwards the older master key may
/// be retired.
///
/// Errors:  `unwrap`, `rewrap`: unavailable when the master key is not in the ring, internal when the bytes
///          or the associated data are wrong.
/// Threads: safe, when `Random` is.
class KeyRing {
public:
    /// Errors: invalid_argument when there is no key or the same key twice.
    static Result<KeyRing> make(std::vector<MasterKey> keys, Random& random);

    /// Takes the keys of another ring in the place of its own; work under way ends with the former ones.
    void adopt(const KeyRing& other) { *keys_->lock() = other.held(); }

    std::string current_key_id() const { return held()->front().id(); }

    /// Whether one of the former keys made `wrapped`: then that key must not be retired yet.
    bool is_former(ByteView wrapped) const;

    Result<Bytes> wrap(const SecretBytes& data_key, ByteView aad) const;
    Result<SecretBytes> unwrap(ByteView wrapped, ByteView aad) const;
    Result<Bytes> rewrap(ByteView wrapped, ByteView aad) const;

    /// The id of the master key that made `wrapped`. Errors: internal when the form is wrong.
    static Result<std::string> key_id_of(ByteView wrapped);

private:
    using Keys = std::shared_ptr<const std::vector<MasterKey>>;

    KeyRing(Keys keys, Random& random)
        : keys_(std::make_unique<Guarded<Keys>>(std::move(keys))), aead_(random) {}
    Keys held() const { return *keys_->lock(); }

    std::unique_ptr<Guarded<Keys>> keys_;
    Aead aead_;
};

}  // namespace countersign::crypto
