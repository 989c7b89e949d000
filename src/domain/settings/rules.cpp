// What settings may be.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "domain/settings/service.hpp"

namespace countersign::domain {
namespace {

constexpr std::size_t kMaxLogoBytes = 64 * 1024;
constexpr std::uint32_t kMinLogoSide = 16;
constexpr std::uint32_t kMaxLogoSide = 1024;
constexpr double kReadable = 4.5;
constexpr std::array<std::uint8_t, 16> kPngStart{0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n',
                                                 0,    0,   0,   13,  'I',  'H',  'D',  'R'};

std::uint32_t big_endian(ByteView bytes) {
    std::uint32_t number = 0;
    for (const auto byte : bytes.first(4))
        number = number << 8U | static_cast<std::uint32_t>(byte);
    return number;
}

bool is_colour(std::string_view text) {
    return text.size() == 7 && text[0] == '#' && std::ranges::all_of(text.substr(1), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
           });
}

/// The share of light that a channel of two hexadecimal digits gives. Source: WCAG 2.2, relative luminance.
double light_of(std::string_view digits) {
    int byte = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16);
    const double share = byte / 255.0;
    return share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
}

/// Buttons carry white text on the accent, links are written in it on white: both need 4.5 to 1.
bool readable_with_white(std::string_view colour) {
    const double luminance = 0.2126 * light_of(colour.substr(1, 2)) + 0.7152 * light_of(colour.substr(3, 2)) +
                             0.0722 * light_of(colour.substr(5, 2));
    return 1.05 / (luminance + 0.05) >= kReadable;
}

bool is_address(std::string_view text) {
    const auto at = text.find('@');
    return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
           text.find(' ') == std::string_view::npos &&
           text.find_first_of("<>\"'\\") == std::string_view::npos;
}

class Complaints {
public:
    void unless(bool holds, std::string_view field, std::string_view message) {
        if (!holds) error_.fields.push_back({std::string(field), std::string(message)});
    }
    Result<void> result() && {
        if (error_.fields.empty()) return {};
        return tl::unexpected(std::move(error_));
    }

private:
    Error error_{ErrorCode::invalid_argument, "settings out of bounds", std::source_location::current()};
};

void check_branding(const Branding& branding, Complaints& complaints) {
    const bool colour = is_colour(branding.accent);
    complaints.unless(colour, "branding.accent", "A colour of the form #1f4fd8.");
    complaints.unless(!colour || readable_with_white(branding.accent), "branding.accent",
                      "White text on this colour cannot be read: choose a darker one (4.5 to 1).");
    complaints.unless(!branding.support_email || is_address(*branding.support_email),
                      "branding.support_email", "An e-mail address.");
    if (!branding.logo) return;
    complaints.unless(branding.logo->size() <= kMaxLogoBytes, "branding.logo", "64 KB at most.");
    const auto size = png_size(*branding.logo);
    const bool fits = size && std::min(size->width, size->height) >= kMinLogoSide &&
                      std::max(size->width, size->height) <= kMaxLogoSide;
    complaints.unless(fits, "branding.logo", "A PNG picture with sides of 16 to 1024 pixels.");
}

}  // namespace

Result<PictureSize> png_size(ByteView bytes) {
    constexpr std::size_t kHeader = 33;  // signature and the whole IHDR chunk
    const bool png = bytes.size() > kHeader && std::equal(kPngStart.begin(), kPngStart.end(), bytes.begin());
    if (!png) return fail(ErrorCode::unsupported_media, "not a PNG picture");
    return PictureSize{big_endian(bytes.subspan(16)), big_endian(bytes.subspan(20))};
}

Result<void> check_settings(const SettingsChange& change) {
    Complaints complaints;
    if (change.branding) check_branding(*change.branding, complaints);
    if (const auto& lockout = change.lockout) {
        complaints.unless(lockout->lock_after >= 5 && lockout->lock_after <= 100,
                          "lockout.max_failed_attempts", "A whole number from 5 to 100.");
        complaints.unless(lockout->delay_after >= 1 && lockout->delay_after <= 50, "lockout.delay_after",
                          "A whole number from 1 to 50.");
        complaints.unless(lockout->delay_after < lockout->lock_after, "lockout.delay_after",
                          "Fewer than the failed attempts that lock.");
        complaints.unless(lockout->delay >= seconds(1) && lockout->delay <= seconds(3600),
                          "lockout.delay_seconds", "A whole number from 1 to 3600.");
    }
    if (change.transaction_days) {
        complaints.unless(*change.transaction_days >= 1 && *change.transaction_days <= 730,
                          "retention.transaction_days", "A whole number from 1 to 730.");
    }
    return std::move(complaints).result();
}

}  // namespace countersign::domain
