#pragma once

#include "domain/unit_of_work.hpp"

namespace countersign::domain {

struct SubjectDetail {
    Subject subject;
    std::vector<Credential> credentials;
    std::vector<Consent> consents;
};

/// What an administrator does with enrolled users.
///
/// Errors:  not_found, invalid_argument, unavailable.
/// Threads: safe; blocks on the store.
class SubjectService {
public:
    SubjectService(UnitOfWork& work, const Clock& clock, Random& random)
        : work_(work), clock_(clock), random_(random) {}

    Result<std::vector<SubjectSummary>> list(const TenantId& tenant, const SubjectId& after, int limit);
    /// By id (`sub_…`) or, when the text is none, by external id.
    Result<Subject> find(const TenantId& tenant, std::string_view id_or_external_id);
    Result<SubjectDetail> show(const TenantId& tenant, const SubjectId& id);
    /// Destroys the subject's key, templates and counters and ends its open verifications; consents stay,
    /// withdrawn, under the internal id. The person may enrol again as somebody new. Requirement S15.
    Result<void> remove(const TenantId& tenant, const SubjectId& id, std::string_view actor);
    Result<void> suspend(const TenantId& tenant, const SubjectId& id, std::string_view actor);
    /// Back to active with fresh counters, from suspended or locked.
    Result<void> unlock(const TenantId& tenant, const SubjectId& id, std::string_view actor);

private:
    UnitOfWork& work_;
    const Clock& clock_;
    Random& random_;
};

}  // namespace countersign::domain
