#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace countersign {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

inline ByteView as_bytes(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view as_text(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Bytes that are wiped when released and that no formatter can print. Copying is explicit: `clone()`.
class SecretBytes {
public:
    SecretBytes() = default;
    explicit SecretBytes(Bytes bytes) : bytes_(std::move(bytes)) {}
    explicit SecretBytes(ByteView view) : bytes_(view.begin(), view.end()) {}
    ~SecretBytes();
    SecretBytes(SecretBytes&& other) noexcept : bytes_(std::move(other.bytes_)) { other.bytes_.clear(); }
    SecretBytes& operator=(SecretBytes&& other) noexcept;
    SecretBytes(const SecretBytes&) = delete;
    SecretBytes& operator=(const SecretBytes&) = delete;

    SecretBytes clone() const { return SecretBytes(view()); }
    ByteView view() const { return bytes_; }
    std::size_t size() const { return bytes_.size(); }
    bool empty() const { return bytes_.empty(); }

private:
    Bytes bytes_;
};

/// Overwrites memory in a way the compiler keeps.
void wipe(void* data, std::size_t size);

/// RFC 4648 §5 without padding.
std::string to_base64url(ByteView bytes);

/// Strict inverse: no padding, no foreign character, and only the canonical last character.
/// Errors: invalid_argument.
Result<Bytes> from_base64url(std::string_view text);

/// Standard base64 with padding (RFC 4648 §4).
std::string to_base64(ByteView bytes);

std::string to_hex(ByteView bytes);
Result<Bytes> from_hex(std::string_view text);

}  // namespace countersign
