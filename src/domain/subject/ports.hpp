#pragma once

#include <string_view>
#include <vector>

#include "domain/subject/types.hpp"

namespace countersign::domain {

/// Rows of `subject`.
///
/// Errors: not_found, conflict (insert: the external id exists in this tenant), rate_limited (charge),
/// unavailable.
class SubjectRepository {
public:
    virtual ~SubjectRepository() = default;
    virtual Result<void> insert(const Subject& subject) = 0;
    virtual Result<Subject> find(const TenantId& tenant, const SubjectId& id) = 0;
    virtual Result<Subject> find_by_external_id(const TenantId& tenant, std::string_view external_id) = 0;
    /// Ordered by id; `after` empty for the first page.
    virtual Result<std::vector<SubjectSummary>> list(const TenantId& tenant, const SubjectId& after,
                                                     int limit) = 0;
    /// One page of those that `filter` selects, those after `after` when it is set.
    virtual Result<std::vector<FoundSubject>> search(const TenantId& tenant, const SubjectFilter& filter,
                                                     SubjectSort sort,
                                                     const std::optional<SubjectPosition>& after,
                                                     int limit) = 0;
    /// How many `filter` selects; nullopt when counting them would be slow.
    virtual Result<std::optional<std::int64_t>> count(const TenantId& tenant,
                                                      const SubjectFilter& filter) = 0;
    /// How many have a face to compare with, in whatever state.
    virtual Result<std::int64_t> count_enrolled(const TenantId& tenant) = 0;
    /// nullopt: not enrolled any more.
    virtual Result<void> set_enrolment(const TenantId& tenant, const SubjectId& id,
                                       const std::optional<Enrolment>& enrolment) = 0;
    /// Stores the notes under version + 1. Errors: conflict (`version` is not the stored one).
    virtual Result<void> set_notes(const TenantId& tenant, const SubjectId& id, std::int64_t version,
                                   std::string_view notes) = 0;
    virtual Result<void> set_state(const TenantId& tenant, const SubjectId& id, SubjectState state) = 0;
    /// One statement: failed_attempts + 1, last_attempt_at = now; returns the new count.
    virtual Result<int> charge(const TenantId& tenant, const SubjectId& id, UnixMicros now) = 0;
    /// failed_attempts = 0 and, when `passed_at` is given, last_passed_at.
    virtual Result<void> reset_attempts(const TenantId& tenant, const SubjectId& id,
                                        std::optional<UnixMicros> passed_at) = 0;
    /// Removes the row with its wrapped key, after the rows that refer to it.
    virtual Result<void> remove(const TenantId& tenant, const SubjectId& id) = 0;
    /// Removes active subjects created before `limit` that have no credential of any state, no open
    /// verification and no failed attempt: people who began to enrol and left.
    virtual Result<void> remove_abandoned(UnixMicros limit) = 0;
};

}  // namespace countersign::domain
