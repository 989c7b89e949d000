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

}  // namespace countersign::domain
