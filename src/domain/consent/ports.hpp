#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "domain/consent/types.hpp"

namespace countersign::domain {

/// Rows of `consent`. They outlive the subject as proof, under the internal id only.
class ConsentRepository {
public:
    virtual ~ConsentRepository() = default;
    virtual Result<void> insert(const Consent& consent) = 0;
    /// The newest consent to `version` that has not been withdrawn.
    virtual Result<std::optional<Consent>> find_valid(const TenantId& tenant, const SubjectId& subject,
                                                      std::string_view version) = 0;
    virtual Result<std::vector<Consent>> of_subject(const TenantId& tenant, const SubjectId& subject) = 0;
    virtual Result<void> withdraw_all(const TenantId& tenant, const SubjectId& subject, UnixMicros now) = 0;
};

/// Rows of `consent_text`: what a tenant's administrators published. Never changed, never removed.
///
/// Errors: conflict (insert: the version exists in this language), unavailable.
class ConsentTextRepository {
public:
    virtual ~ConsentTextRepository() = default;
    virtual Result<void> insert(const TenantId& tenant, const ConsentText& text) = 0;
    /// The texts of the newest version, one per language. Empty: nothing was published.
    virtual Result<std::vector<ConsentText>> current(const TenantId& tenant) = 0;
    /// Every version and language, newest first.
    virtual Result<std::vector<ConsentText>> list(const TenantId& tenant) = 0;
};

}  // namespace countersign::domain
