#include "base/bytes.hpp"

#include <string.h>

#include <array>

namespace countersign {
namespace {

constexpr std::string_view kUrlAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string encode(ByteView bytes, std::string_view alphabet) {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    std::uint32_t buffer = 0;
    int bits = 0;
    for (std::uint8_t byte : bytes) {
        buffer = (buffer << 8U) | byte;
        bits += 8;
        while (bits >= 6) {
            bits -= 6;
            out.push_back(alphabet[(buffer >> static_cast<unsigned>(bits)) & 63U]);
        }
    }
    if (bits > 0) out.push_back(alphabet[(buffer << static_cast<unsigned>(6 - bits)) & 63U]);
    return out;
}

constexpr std::array<std::int8_t, 256> make_url_table() {
    std::array<std::int8_t, 256> table{};
    table.fill(-1);
    for (std::size_t i = 0; i < kUrlAlphabet.size(); ++i) {
        table[static_cast<unsigned char>(kUrlAlphabet[i])] = static_cast<std::int8_t>(i);
    }
    return table;
}
constexpr auto kUrlTable = make_url_table();

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

void wipe(void* data, std::size_t size) {
    if (size > 0) explicit_bzero(data, size);
}

SecretBytes::~SecretBytes() {
    wipe(bytes_.data(), bytes_.size());
}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
    if (this != &other) {
        wipe(bytes_.data(), bytes_.size());
        bytes_ = std::move(other.bytes_);
        other.bytes_.clear();
    }
    return *this;
}

std::string to_base64url(ByteView bytes) {
    return encode(bytes, kUrlAlphabet);
}

std::string to_base64(ByteView bytes) {
    std::string out = encode(bytes, kAlphabet);
    while (out.size() % 4 != 0)
        out.push_back('=');
    return out;
}

Result<Bytes> from_base64url(std::string_view text) {
    if (text.size() % 4 == 1) return fail(ErrorCode::invalid_argument, "base64url has an impossible length");
    Bytes out;
    out.reserve(text.size() * 3 / 4);
    std::uint32_t buffer = 0;
    int bits = 0;
    for (char c : text) {
        const int value = kUrlTable[static_cast<unsigned char>(c)];
        if (value < 0) return fail(ErrorCode::invalid_argument, "base64url has a foreign character");
        buffer = (buffer << 6U) | static_cast<std::uint32_t>(value);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out.push_back(static_cast<std::uint8_t>(buffer >> static_cast<unsigned>(bits)));
            buffer &= (1U << static_cast<unsigned>(bits)) - 1U;
        }
    }
    if (buffer != 0) return fail(ErrorCode::invalid_argument, "base64url is not canonical");
    return out;
}

std::string to_hex(ByteView bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (std::uint8_t byte : bytes) {
        out.push_back(kDigits[byte >> 4U]);
        out.push_back(kDigits[byte & 15U]);
    }
    return out;
}

Result<Bytes> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) return fail(ErrorCode::invalid_argument, "hex has an odd length");
    Bytes out;
    out.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = hex_value(text[i]);
        const int low = hex_value(text[i + 1]);
        if (high < 0 || low < 0) return fail(ErrorCode::invalid_argument, "hex has a foreign character");
        out.push_back(static_cast<std::uint8_t>(high * 16 + low));
    }
    return out;
}

}  // namespace countersign
