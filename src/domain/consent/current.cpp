#include "domain/consent/current.hpp"

#include <algorithm>

#include "domain/consent/texts.hpp"

namespace countersign::domain {

Result<ConsentText> current_consent_text(Repositories& repositories, const TenantId& tenant,
                                         std::string_view locale) {
    auto published = CS_TRY(repositories.consent_texts().current(tenant));
    if (published.empty()) return consent_text(locale);
    const auto language = supported_locale(locale);
    auto best = std::ranges::find(published, language, &ConsentText::locale);
    if (best == published.end()) best = std::ranges::find(published, "en", &ConsentText::locale);
    return best == published.end() ? published.front() : *best;
}

Result<std::string> current_consent_version(Repositories& repositories, const TenantId& tenant) {
    auto published = CS_TRY(repositories.consent_texts().current(tenant));
    return published.empty() ? std::string(kConsentVersion) : published.front().version;
}

}  // namespace countersign::domain
