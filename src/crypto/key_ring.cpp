#include "crypto/key_ring.hpp"

#include <algorithm>

namespace countersign::crypto {
namespace {

constexpr std::uint8_t kWrapVersion = 1;
constexpr std::size_t kIdBytes = 8;
constexpr std::size_t kHeaderBytes = 1 + kIdBytes;

// The header is authenticated in front of the caller's associated data; its length is fixed, so the border is
// clear.
Bytes bound(ByteView header, ByteView aad) {
    Bytes all(header.begin(), header.end());
    all.insert(all.end(), aad.begin(), aad.end());
    return all;
}

}  // namespace

Result<KeyRing> KeyRing::make(std::vector<MasterKey> keys, Random& random) {
    if (keys.empty()) return fail(ErrorCode::invalid_argument, "there is no master key");
    for (auto key = keys.begin(); key != keys.end(); ++key) {
        const auto same_id = [&](const MasterKey& other) { return other.id() == key->id(); };
        if (std::any_of(keys.begin(), key, same_id)) {
            return fail(ErrorCode::invalid_argument, "master key " + key->id() + " is given twice");
        }
    }
    return KeyRing(std::make_shared<const std::vector<MasterKey>>(std::move(keys)), random);
}

bool KeyRing::is_former(ByteView wrapped) const {
    const auto id = key_id_of(wrapped);
    const Keys keys = held();
    return id &&
           std::any_of(keys->begin() + 1, keys->end(), [&](const auto& key) { return key.id() == *id; });
}

Result<Bytes> KeyRing::wrap(const SecretBytes& data_key, ByteView aad) const {
    const Keys keys = held();
    const MasterKey& current = keys->front();
    Bytes wrapped{kWrapVersion};
    const auto id = CS_TRY(from_hex(current.id()));
    wrapped.insert(wrapped.end(), id.begin(), id.end());
    const auto sealed = CS_TRY(aead_.seal(current.key(), data_key.view(), bound(wrapped, aad)));
    wrapped.insert(wrapped.end(), sealed.begin(), sealed.end());
    return wrapped;
}

Result<SecretBytes> KeyRing::unwrap(ByteView wrapped, ByteView aad) const {
    const auto id = CS_TRY(key_id_of(wrapped));
    const Keys keys = held();
    const auto key = std::ranges::find(*keys, id, &MasterKey::id);
    if (key == keys->end()) return fail(ErrorCode::unavailable, "master key " + id + " is not loaded");
    return aead_.open(key->key(), wrapped.subspan(kHeaderBytes), bound(wrapped.first(kHeaderBytes), aad));
}

Result<Bytes> KeyRing::rewrap(ByteView wrapped, ByteView aad) const {
    const auto data_key = CS_TRY(unwrap(wrapped, aad));
    return wrap(data_key, aad);
}

Result<std::string> KeyRing::key_id_of(ByteView wrapped) {
    if (wrapped.size() < kHeaderBytes + Aead::kOverheadBytes || wrapped[0] != kWrapVersion) {
        return fail(ErrorCode::internal, "wrapped key is malformed");
    }
    return to_hex(wrapped.subspan(1, kIdBytes));
}

}  // namespace countersign::crypto
