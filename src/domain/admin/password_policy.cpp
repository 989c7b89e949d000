#include "domain/admin/password_policy.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace countersign::domain {
namespace {

constexpr std::size_t kLeast = 12;
constexpr std::size_t kMost = 256;
constexpr std::size_t kFreeLetters = 8;  // what must be left beside a common word

constexpr auto kCommon{std::to_array<std::string_view>({
#include "domain/admin/common_passwords.inc"
})};

constexpr std::array<std::string_view, 5> kRuns{"abcdefghijklmnopqrstuvwxyz", "01234567890123456789",
                                                "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm",
                                                "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p"};

bool is_common(std::string_view word) {
    return std::ranges::binary_search(kCommon, word);
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(
        out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

/// Without the digits and signs that people add in front of and behind a word.
std::string_view core_of(std::string_view text) {
    const auto letter = [](char c) {
        return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
    };
    while (!text.empty() && !letter(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && !letter(text.back()))
        text.remove_suffix(1);
    return text;
}

bool repeats_a_piece(std::string_view text) {
    for (std::size_t length = 1; length <= text.size() / 2; ++length) {
        bool repeats = true;
        for (std::size_t i = length; i < text.size() && repeats; ++i)
            repeats = text[i] == text[i - length];
        if (repeats) return true;
    }
    return false;
}

bool is_a_run(std::string_view text) {
    const std::string backwards(text.rbegin(), text.rend());
    return std::ranges::any_of(kRuns, [&](std::string_view run) {
        return run.find(text) != std::string_view::npos || run.find(backwards) != std::string_view::npos;
    });
}

/// What anybody knows may stand in it only beside enough else.
bool rests_on(std::string_view text, std::string_view known) {
    if (known.size() < 4) return false;
    const auto at = text.find(known);
    return at != std::string_view::npos && text.size() - known.size() < kFreeLetters;
}

tl::unexpected<Error> refuse(std::string message) {
    return fail_field(ErrorCode::invalid_argument, "password", std::move(message));
}

}  // namespace

Result<void> check_new_password(std::string_view password, const std::vector<std::string_view>& known) {
    if (password.size() < kLeast) return refuse("Use at least 12 characters.");
    if (password.size() > kMost) return refuse("Use at most 256 characters.");
    const std::string text = lower(password);
    const std::string_view core = core_of(text);
    if (is_common(text) || is_common(core)) return refuse("This is one of the commonest passwords.");
    if (core.empty() || repeats_a_piece(text) || (core.size() > 2 && repeats_a_piece(core)))
        return refuse("This is too easy to guess: it repeats itself or has no letters.");
    if (is_a_run(text) || (core.size() > 3 && is_a_run(core)))
        return refuse("This follows the keyboard or the alphabet.");
    for (const std::string_view fact : known) {
        const std::string word = lower(fact);
        const std::string_view whole = word;
        if (rests_on(text, whole) || rests_on(text, whole.substr(0, whole.find('@'))))
            return refuse("This contains your name, address or organisation.");
    }
    if (rests_on(text, "countersign")) return refuse("This contains the name of this product.");
    return {};
}

}  // namespace countersign::domain
