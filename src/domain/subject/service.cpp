#include "domain/subject/service.hpp"

#include <algorithm>

#include "domain/audit/trail.hpp"
#include "domain/verification/transitions.hpp"

namespace countersign::domain {
namespace {

AuditEntry entry_for(const Subject& subject, std::string_view actor, std::string_view kind) {
    return {subject.tenant, std::string(actor), std::string(kind), subject.id.text(), {}};
}

/// Open logins of a deleted person come to a proper end instead of hanging.
Result<void> end_open_verifications(Repositories& repositories, const Subject& subject, UnixMicros now,
                                    Random& random) {
    auto verifications = CS_TRY(repositories.verifications().of_subject(subject.tenant, subject.id));
    for (const auto& verification : verifications) {
        if (is_final(verification.state)) continue;
        Edge edge;
        edge.event = VerificationEvent::cancelled;
        edge.code = OutcomeCode::cancelled;
        edge.details.emplace("reason", "subject_deleted");
        CS_TRY(take_edge(repositories, verification, edge, now, random));
    }
    return repositories.verifications().remove_consumed_of_subject(subject.tenant, subject.id);
}

}  // namespace

Result<std::vector<SubjectSummary>> SubjectService::list(const TenantId& tenant, const SubjectId& after,
                                                         int limit) {
    const int page = std::clamp(limit, 1, 500);
    return in_transaction(work_, Access::read,
                          [&](Repositories& r) { return r.subjects().list(tenant, after, page); });
}

Result<Subject> SubjectService::find(const TenantId& tenant, std::string_view id_or_external_id) {
    return in_transaction(work_, Access::read, [&](Repositories& r) -> Result<Subject> {
        const auto id = SubjectId::parse(id_or_external_id);
        return id ? r.subjects().find(tenant, *id)
                  : r.subjects().find_by_external_id(tenant, id_or_external_id);
    });
}

Result<SubjectDetail> SubjectService::show(const TenantId& tenant, const SubjectId& id) {
    return in_transaction(work_, Access::read, [&](Repositories& r) -> Result<SubjectDetail> {
        SubjectDetail detail;
        detail.subject = CS_TRY(r.subjects().find(tenant, id));
        detail.credentials = CS_TRY(r.credentials().of_subject(tenant, id));
        detail.consents = CS_TRY(r.consents().of_subject(tenant, id));
        return detail;
    });
}

Result<void> SubjectService::remove(const TenantId& tenant, const SubjectId& id, std::string_view actor) {
    return in_transaction(work_, Access::write, [&](Repositories& repositories) -> Result<void> {
        const auto now = clock_.now();
        auto subject = CS_TRY(repositories.subjects().find(tenant, id));
        CS_TRY(end_open_verifications(repositories, subject, now, random_));
        CS_TRY(repositories.credentials().remove_of_subject(tenant, id));
        CS_TRY(repositories.consents().withdraw_all(tenant, id, now));
        CS_TRY(repositories.subjects().remove(tenant, id));
        return append_audit(repositories, entry_for(subject, actor, "subject.deleted"), now, random_);
    });
}

Result<void> SubjectService::suspend(const TenantId& tenant, const SubjectId& id, std::string_view actor) {
    return in_transaction(work_, Access::write, [&](Repositories& repositories) -> Result<void> {
        auto subject = CS_TRY(repositories.subjects().find(tenant, id));
        CS_TRY(repositories.subjects().set_state(tenant, id, SubjectState::suspended));
        const auto entry = entry_for(subject, actor, "subject.suspended");
        return append_audit(repositories, entry, clock_.now(), random_);
    });
}

Result<void> SubjectService::unlock(const TenantId& tenant, const SubjectId& id, std::string_view actor) {
    return in_transaction(work_, Access::write, [&](Repositories& repositories) -> Result<void> {
        auto subject = CS_TRY(repositories.subjects().find(tenant, id));
        CS_TRY(repositories.subjects().set_state(tenant, id, SubjectState::active));
        CS_TRY(repositories.subjects().reset_attempts(tenant, id, std::nullopt));
        const auto entry = entry_for(subject, actor, "subject.unlocked");
        return append_audit(repositories, entry, clock_.now(), random_);
    });
}

}  // namespace countersign::domain
