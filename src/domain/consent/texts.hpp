#pragma once

#include <string_view>

#include "domain/consent/types.hpp"

namespace countersign::domain {

inline constexpr std::string_view kConsentVersion = "2026-11-24";

/// The current consent text in the best language for `locale` ("de-AT" gives German; English when in doubt).
const ConsentText& consent_text(std::string_view locale);

/// The hash is over version, language, title and paragraphs, one to a line.
std::string consent_hash(const ConsentText& text);

/// A language we have a text for: "en" or "de".
std::string_view supported_locale(std::string_view locale);

}  // namespace countersign::domain
