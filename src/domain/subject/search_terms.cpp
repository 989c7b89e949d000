// What a search for users looks through, and the names of a user's status.
#include <algorithm>

#include "domain/subject/types.hpp"

namespace countersign::domain {
namespace {

constexpr std::size_t kTermBytes = 64;
constexpr std::size_t kMaxTerms = 12;
constexpr std::string_view kSeparators = "|.-_ +:/@";

/// At most `most` bytes, without half a character at the end.
std::string_view cut(std::string_view text, std::size_t most) {
    if (text.size() <= most) return text;
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U)
        --most;
    return text.substr(0, most);
}

}  // namespace

std::string search_key(std::string_view typed) {
    std::string key(cut(typed, kTermBytes));
    std::ranges::transform(
        key, key.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return key;
}

std::vector<std::string> search_terms(std::string_view external_id) {
    std::vector<std::string> terms;
    bool at_start = true;
    for (std::size_t i = 0; i < external_id.size() && terms.size() < kMaxTerms; ++i) {
        const bool separator = kSeparators.find(external_id[i]) != std::string_view::npos;
        if (at_start && (!separator || i == 0)) {
            auto term = search_key(external_id.substr(i));
            if (std::ranges::find(terms, term) == terms.end()) terms.push_back(std::move(term));
        }
        at_start = separator;
    }
    return terms;
}

SubjectStatus status_of(const Subject& subject) {
    if (subject.state == SubjectState::suspended) return SubjectStatus::suspended;
    if (subject.state == SubjectState::locked) return SubjectStatus::locked;
    return subject.enrolled_at ? SubjectStatus::enrolled : SubjectStatus::not_enrolled;
}

}  // namespace countersign::domain
