#pragma once

#include <compare>
#include <functional>
#include <string>
#include <string_view>

#include "base/random.hpp"
#include "base/time.hpp"

namespace countersign {

namespace detail {
/// 26 characters of Crockford base32: 48 bits of milliseconds, 80 random bits. Sorts by creation time.
/// Source: the ULID specification (ulid/spec).
std::string make_ulid(UnixMicros now, Random& random);
bool is_ulid(std::string_view text);
}  // namespace detail

/// A typed identifier. Its text form is `<prefix>_<ulid>`, with `Tag::kPrefix`: `ten_01J…`.
template <class Tag>
class Id {
public:
    Id() = default;

    static Id make(UnixMicros now, Random& random) {
        return Id(std::string(Tag::kPrefix) + "_" + detail::make_ulid(now, random));
    }

    /// Errors: invalid_argument when the prefix or the form is wrong.
    static Result<Id> parse(std::string_view text) {
        const std::string_view prefix = Tag::kPrefix;
        if (text.size() != prefix.size() + 27 || !text.starts_with(prefix) || text[prefix.size()] != '_' ||
            !detail::is_ulid(text.substr(prefix.size() + 1))) {
            return fail(ErrorCode::invalid_argument,
                        fmt::format("not an identifier of the form {}_…", prefix));
        }
        return Id(std::string(text));
    }

    const std::string& text() const { return text_; }
    bool empty() const { return text_.empty(); }
    auto operator<=>(const Id&) const = default;

private:
    explicit Id(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

struct TenantTag {
    static constexpr std::string_view kPrefix = "ten";
};
struct IntegrationTag {
    static constexpr std::string_view kPrefix = "int";
};
struct SecretTag {
    static constexpr std::string_view kPrefix = "sec";
};
struct SubjectTag {
    static constexpr std::string_view kPrefix = "sub";
};
struct CredentialTag {
    static constexpr std::string_view kPrefix = "cred";
};
struct SampleTag {
    static constexpr std::string_view kPrefix = "smp";
};
struct VerificationTag {
    static constexpr std::string_view kPrefix = "ver";
};
struct ChallengeTag {
    static constexpr std::string_view kPrefix = "chl";
};
struct ConsentTag {
    static constexpr std::string_view kPrefix = "con";
};
struct AuditTag {
    static constexpr std::string_view kPrefix = "aud";
};
struct SimulationTag {
    static constexpr std::string_view kPrefix = "sim";
};

using TenantId = Id<TenantTag>;
using IntegrationId = Id<IntegrationTag>;
using SecretId = Id<SecretTag>;
using SubjectId = Id<SubjectTag>;
using CredentialId = Id<CredentialTag>;
using SampleId = Id<SampleTag>;
using VerificationId = Id<VerificationTag>;
using ChallengeId = Id<ChallengeTag>;
using ConsentId = Id<ConsentTag>;
using AuditId = Id<AuditTag>;
using SimulationId = Id<SimulationTag>;

}  // namespace countersign

template <class Tag>
struct std::hash<countersign::Id<Tag>> {
    std::size_t operator()(const countersign::Id<Tag>& id) const {
        return std::hash<std::string>{}(id.text());
    }
};
