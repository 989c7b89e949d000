#include "crypto/kek.hpp"

#include <algorithm>

#include "crypto/aead.hpp"
#include "crypto/digest.hpp"
#include "crypto/kek_text.hpp"

namespace countersign::crypto {
namespace {

constexpr std::size_t kIdBytes = 8;

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kSpace = " \t\r\n";
    const auto first = text.find_first_not_of(kSpace);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

}  // namespace

Result<MasterKey> MasterKey::from_bytes(SecretBytes key) {
    if (key.size() != Aead::kKeyBytes) return fail(ErrorCode::invalid_argument, "master key is not 32 bytes");
    const auto digest = sha256(key.view());
    auto id = to_hex(ByteView(digest).first(kIdBytes));
    return MasterKey(std::move(id), std::move(key));
}

Result<MasterKey> parse_master_key(std::string_view line) {
    auto bytes = from_base64url(trimmed(line));
    // The decoder's own message could describe a secret; ours does not.
    if (!bytes) return fail(ErrorCode::invalid_argument, "a master key is not base64url text");
    return MasterKey::from_bytes(SecretBytes(std::move(*bytes)));
}

Result<std::vector<MasterKey>> parse_master_keys(std::string_view text, char separator) {
    std::vector<MasterKey> keys;
    while (!text.empty()) {
        const auto end = std::min(text.find(separator), text.size());
        const auto entry = trimmed(text.substr(0, end));
        if (!entry.empty()) keys.push_back(CS_TRY(parse_master_key(entry)));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (keys.empty()) return fail(ErrorCode::invalid_argument, "there is no master key");
    return keys;
}

Result<std::vector<MasterKey>> TextKekProvider::load() {
    return parse_master_keys(as_text(text_.view()), ',');
}

}  // namespace countersign::crypto
