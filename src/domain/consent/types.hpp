#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/id.hpp"

namespace countersign::domain {

/// One version of the consent text in one language. `sha256` (hex) is over the exact text shown.
struct ConsentText {
    std::string version;
    std::string locale;
    std::string title;
    std::vector<std::string> paragraphs;
    std::string sha256;
    std::optional<UnixMicros> published_at{};  // nullopt: comes with the program
};

/// What a person agreed to, when, and in which language.
struct Consent {
    ConsentId id;
    TenantId tenant;
    SubjectId subject;
    VerificationId verification;
    std::string version;
    std::string locale;
    std::string sha256;
    UnixMicros given_at;
    std::optional<UnixMicros> withdrawn_at;
};

}  // namespace countersign::domain
