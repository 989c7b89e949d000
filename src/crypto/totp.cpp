#include "crypto/totp.hpp"

#include <fmt/format.h>
#include <liboath/oath.h>

#include <algorithm>

namespace countersign::crypto {
namespace {

constexpr unsigned kStepSeconds = 30;
constexpr std::size_t kDigits = 6;

std::string percent_encoded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                           c == '-' || c == '.' || c == '_' || c == '~';
        out += plain ? std::string(1, c) : fmt::format("%{:02X}", byte);
    }
    return out;
}

}  // namespace

Result<std::optional<std::int64_t>> totp_step(ByteView secret, std::string_view code, UnixMicros now) {
    const bool digits = std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; });
    if (code.size() != kDigits || !digits) return std::optional<std::int64_t>{};
    static const int started = oath_init();
    if (started != OATH_OK) return fail(ErrorCode::internal, "liboath cannot start");

    int offset = 0;
    const int outcome =
        oath_totp_validate2(reinterpret_cast<const char*>(secret.data()), secret.size(), to_unix_seconds(now),
                            kStepSeconds, 0, 1, &offset, std::string(code).c_str());
    if (outcome == OATH_INVALID_OTP) return std::optional<std::int64_t>{};
    if (outcome < 0) return fail(ErrorCode::internal, oath_strerror_name(outcome));
    return std::optional(to_unix_seconds(now) / kStepSeconds + offset);
}

std::string to_base32(ByteView bytes) {
    constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string out;
    unsigned buffer = 0;
    unsigned bits = 0;
    for (const std::uint8_t byte : bytes) {
        buffer = (buffer << 8U) | byte;
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            out += kAlphabet[(buffer >> bits) & 31U];
        }
        buffer &= (1U << bits) - 1U;
    }
    if (bits > 0) out += kAlphabet[(buffer << (5 - bits)) & 31U];
    return out;
}

std::string totp_uri(ByteView secret, std::string_view issuer, std::string_view account) {
    const std::string name = percent_encoded(issuer);
    return fmt::format("otpauth://totp/{0}:{1}?secret={2}&issuer={0}&algorithm=SHA1&digits=6&period=30", name,
                       percent_encoded(account), to_base32(secret));
}

}  // namespace countersign::crypto
