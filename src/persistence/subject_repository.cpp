#include "persistence/changed_rows.hpp"
#include "persistence/repositories.hpp"
#include "persistence/rows_of.hpp"

namespace countersign::persistence {
namespace {

using store::Statement;

constexpr Statement kInsert{
    .name = "subject.insert",
    .sql =
        "INSERT INTO subject (tenant_id, subject_id, external_id, state, wrapped_key, failed_attempts, "
        "last_attempt_at, last_passed_at, created_at, enrolled_at, samples, integration_id, notes, version) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
};
constexpr Statement kInsertTerm{
    .name = "subject.insert_term",
    .sql = "INSERT INTO subject_search (tenant_id, subject_id, term) VALUES ($1, $2, $3)",
};
constexpr Statement kFind{
    .name = "subject.find",
    .sql =
        "SELECT tenant_id, subject_id, external_id, state, wrapped_key, failed_attempts, last_attempt_at, "
        "last_passed_at, created_at, enrolled_at, samples, integration_id, notes, version FROM subject WHERE "
        "tenant_id = $1 AND subject_id = $2",
};
constexpr Statement kFindByExternalId{
    .name = "subject.find_by_external_id",
    .sql =
        "SELECT tenant_id, subject_id, external_id, state, wrapped_key, failed_attempts, last_attempt_at, "
        "last_passed_at, created_at, enrolled_at, samples, integration_id, notes, version FROM subject WHERE "
        "tenant_id = $1 AND external_id = $2",
};
constexpr Statement kList{
    .name = "subject.list",
    .sql =
        "SELECT tenant_id, subject_id, external_id, state, wrapped_key, failed_attempts, last_attempt_at, "
        "last_passed_at, created_at, enrolled_at, samples, integration_id, notes, version FROM subject WHERE "
        "tenant_id = $1 AND subject_id > $2 ORDER BY subject_id LIMIT $3",
};
constexpr Statement kSetEnrolment{
    .name = "subject.set_enrolment",
    .sql =
        "UPDATE subject SET enrolled_at = $3, samples = $4, integration_id = COALESCE($5, integration_id) "
        "WHERE tenant_id = $1 AND subject_id = $2",
};
constexpr Statement kSetNotes{
    .name = "subject.set_notes",
    .sql =
        "UPDATE subject SET notes = $4, version = version + 1 WHERE tenant_id = $1 AND subject_id = $2 AND "
        "version = $3",
};
constexpr Statement kSetState{
    .name = "subject.set_state",
    .sql = "UPDATE subject SET state = $3 WHERE tenant_id = $1 AND subject_id = $2",
};
constexpr Statement kCharge{
    .name = "subject.charge",
    .sql =
        "UPDATE subject SET failed_attempts = failed_attempts + 1, last_attempt_at = $3 "
        "WHERE tenant_id = $1 AND subject_id = $2 RETURNING failed_attempts",
};
constexpr Statement kResetAttempts{
    .name = "subject.reset_attempts",
    .sql =
        "UPDATE subject SET failed_attempts = 0, last_passed_at = COALESCE($3, last_passed_at) "
        "WHERE tenant_id = $1 AND subject_id = $2",
};
constexpr Statement kRemove{
    .name = "subject.remove",
    .sql = "DELETE FROM subject WHERE tenant_id = $1 AND subject_id = $2",
};
constexpr Statement kRemoveAbandoned{
    .name = "subject.remove_abandoned",
    .sql =
        "DELETE FROM subject WHERE created_at < $1 AND state = 'active' AND failed_attempts = 0 "
        "AND NOT EXISTS (SELECT 1 FROM credential c WHERE c.tenant_id = subject.tenant_id AND c.subject_id = "
        "subject.subject_id) "
        "AND NOT EXISTS (SELECT 1 FROM verification v WHERE v.tenant_id = subject.tenant_id AND v.subject_id "
        "= "
        "subject.subject_id AND v.state IN ('opened', 'consented', 'capturing'))",
};

}  // namespace

Result<domain::Subject> read_subject(const store::Row& row) {
    auto state = CS_TRY(row.text("state"));
    domain::Subject subject;
    subject.tenant = CS_TRY(row.id<TenantId>("tenant_id"));
    subject.id = CS_TRY(row.id<SubjectId>("subject_id"));
    subject.external_id = CS_TRY(row.text("external_id"));
    subject.state = CS_TRY(domain::parse_subject_state(state));
    subject.wrapped_key = CS_TRY(row.blob("wrapped_key"));
    subject.failed_attempts = static_cast<int>(CS_TRY(row.integer("failed_attempts")));
    subject.last_attempt_at = CS_TRY(row.opt_time("last_attempt_at"));
    subject.last_passed_at = CS_TRY(row.opt_time("last_passed_at"));
    subject.created_at = CS_TRY(row.time("created_at"));
    subject.enrolled_at = CS_TRY(row.opt_time("enrolled_at"));
    subject.samples = static_cast<int>(CS_TRY(row.integer("samples")));
    subject.integration = CS_TRY(row.opt_id<IntegrationId>("integration_id"));
    subject.notes = CS_TRY(row.text("notes"));
    subject.version = CS_TRY(row.integer("version"));
    return subject;
}

namespace {

Result<domain::SubjectSummary> read_summary(const store::Row& row) {
    domain::SubjectSummary summary;
    summary.subject = CS_TRY(read_subject(row));
    summary.enrolled = summary.subject.enrolled_at.has_value();
    return summary;
}

Result<domain::Subject> read_one(const store::Rows& rows) {
    auto row = CS_TRY(rows.one());
    return read_subject(row);
}

}  // namespace

Result<void> SqlSubjectRepository::insert(const domain::Subject& subject) {
    CS_TRY(session_.execute(
        kInsert,
        {subject.tenant, subject.id, subject.external_id, to_string(subject.state), subject.wrapped_key,
         subject.failed_attempts, subject.last_attempt_at, subject.last_passed_at, subject.created_at,
         subject.enrolled_at, subject.samples, subject.integration, subject.notes, subject.version}));
    for (const auto& term : domain::search_terms(subject.external_id))
        CS_TRY(session_.execute(kInsertTerm, {subject.tenant, subject.id, term}));
    return {};
}

Result<domain::Subject> SqlSubjectRepository::find(const TenantId& tenant, const SubjectId& id) {
    const auto rows = CS_TRY(session_.query(kFind, {tenant, id}));
    return read_one(rows);
}

Result<domain::Subject> SqlSubjectRepository::find_by_external_id(const TenantId& tenant,
                                                                  std::string_view external_id) {
    const auto rows = CS_TRY(session_.query(kFindByExternalId, {tenant, external_id}));
    return read_one(rows);
}

Result<std::vector<domain::SubjectSummary>> SqlSubjectRepository::list(const TenantId& tenant,
                                                                       const SubjectId& after, int limit) {
    const auto rows = CS_TRY(session_.query(kList, {tenant, after, limit}));
    std::vector<domain::SubjectSummary> subjects;
    for (const auto& row : rows)
        subjects.push_back(CS_TRY(read_summary(row)));
    return subjects;
}

/// The integration stays: it tells through which the person last enrolled.
Result<void> SqlSubjectRepository::set_enrolment(const TenantId& tenant, const SubjectId& id,
                                                 const std::optional<domain::Enrolment>& enrolment) {
    store::Values values{tenant, id, nullptr, 0, nullptr};
    if (enrolment) values = {tenant, id, enrolment->at, enrolment->samples, enrolment->integration};
    return change_one(session_, kSetEnrolment, values, ErrorCode::not_found);
}

Result<void> SqlSubjectRepository::set_notes(const TenantId& tenant, const SubjectId& id,
                                             std::int64_t version, std::string_view notes) {
    return change_one(session_, kSetNotes, {tenant, id, version, notes}, ErrorCode::conflict);
}

Result<void> SqlSubjectRepository::set_state(const TenantId& tenant, const SubjectId& id,
                                             domain::SubjectState state) {
    return change_one(session_, kSetState, {tenant, id, to_string(state)}, ErrorCode::not_found);
}

Result<int> SqlSubjectRepository::charge(const TenantId& tenant, const SubjectId& id, UnixMicros now) {
    const auto rows = CS_TRY(session_.query(kCharge, {tenant, id, now}));
    auto row = CS_TRY(rows.one());
    return static_cast<int>(CS_TRY(row.integer("failed_attempts")));
}

Result<void> SqlSubjectRepository::reset_attempts(const TenantId& tenant, const SubjectId& id,
                                                  std::optional<UnixMicros> passed_at) {
    return change_one(session_, kResetAttempts, {tenant, id, passed_at}, ErrorCode::not_found);
}

Result<void> SqlSubjectRepository::remove(const TenantId& tenant, const SubjectId& id) {
    return change_one(session_, kRemove, {tenant, id}, ErrorCode::not_found);
}

Result<void> SqlSubjectRepository::remove_abandoned(UnixMicros limit) {
    CS_TRY(session_.execute(kRemoveAbandoned, {limit}));
    return {};
}

}  // namespace countersign::persistence
