#pragma once

#include "domain/unit_of_work.hpp"

namespace countersign::domain {

/// One language of a version to be published.
struct ConsentDraft {
    std::string locale;  // "en" or "de"
    std::string title;
    std::vector<std::string> paragraphs;
};

struct ListedConsentText {
    ConsentText text;
    bool current{false};
};

/// The consent texts of a tenant. A published version is never changed: people agreed to exactly these words.
///
/// Errors:  conflict (the version exists), invalid_argument (a language twice), unavailable.
/// Threads: safe; blocks on the store. Requirement S9.
class ConsentTextService {
public:
    ConsentTextService(UnitOfWork& work, const Clock& clock, Random& random)
        : work_(work), clock_(clock), random_(random) {}

    /// Every version and language, newest first; the built-in version comes last.
    Result<std::vector<ListedConsentText>> list(const TenantId& tenant);
    /// Whoever agreed to an older version is asked again at the next login.
    Result<std::vector<ListedConsentText>> publish(const TenantId& tenant, std::string_view version,
                                                   const std::vector<ConsentDraft>& drafts,
                                                   std::string_view actor);

private:
    UnitOfWork& work_;
    const Clock& clock_;
    Random& random_;
};

}  // namespace countersign::domain
