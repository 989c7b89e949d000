#pragma once

#include "domain/unit_of_work.hpp"

namespace countersign::domain {

/// The consent text that a tenant asks for now, in the best language for `locale`: the newest published
/// version, else the one that comes with the program. Errors: unavailable.
Result<ConsentText> current_consent_text(Repositories& repositories, const TenantId& tenant,
                                         std::string_view locale);

/// The version of that text.
Result<std::string> current_consent_version(Repositories& repositories, const TenantId& tenant);

}  // namespace countersign::domain
