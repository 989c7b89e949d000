#include "persistence/changed_rows.hpp"
#include "persistence/repositories.hpp"

namespace countersign::persistence {
namespace {

using store::Statement;

constexpr Statement kInsert{
    .name = "credential.insert",
    .sql =
        "INSERT INTO credential (tenant_id, credential_id, subject_id, verification_id, model, state, "
        "created_at, "
        "activated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
};
constexpr Statement kInsertSample{
    .name = "credential.insert_sample",
    .sql =
        "INSERT INTO credential_sample (tenant_id, sample_id, credential_id, position, sealed, adapted_at) "
        "VALUES ($1, $2, $3, $4, $5, $6)",
};
constexpr Statement kFind{
    .name = "credential.find",
    .sql =
        "SELECT tenant_id, credential_id, subject_id, verification_id, model, state, created_at, "
        "activated_at "
        "FROM credential WHERE tenant_id = $1 AND credential_id = $2",
};
constexpr Statement kOfSubject{
    .name = "credential.of_subject",
    .sql =
        "SELECT tenant_id, credential_id, subject_id, verification_id, model, state, created_at, "
        "activated_at "
        "FROM credential WHERE tenant_id = $1 AND subject_id = $2 ORDER BY created_at, credential_id",
};
constexpr Statement kSamples{
    .name = "credential.samples",
    .sql =
        "SELECT tenant_id, sample_id, credential_id, position, sealed, adapted_at FROM credential_sample "
        "WHERE tenant_id = $1 AND credential_id = $2 ORDER BY position",
};
constexpr Statement kActivate{
    .name = "credential.activate",
    .sql =
        "UPDATE credential SET state = $4, activated_at = $5 "
        "WHERE tenant_id = $1 AND credential_id = $2 AND state = $3",
};
constexpr Statement kChangeState{
    .name = "credential.change_state",
    .sql = "UPDATE credential SET state = $4 WHERE tenant_id = $1 AND credential_id = $2 AND state = $3",
};
constexpr Statement kChangeModel{
    .name = "credential.change_model",
    .sql =
        "UPDATE credential SET model = $4 "
        "WHERE tenant_id = $1 AND credential_id = $2 AND state = 'active' AND model = $3",
};
constexpr Statement kCountByModel{
    .name = "credential.count_by_model",
    .sql =
        "SELECT model, COUNT(*) AS subjects FROM (SELECT DISTINCT tenant_id, subject_id, model FROM "
        "credential "
        "WHERE state = 'active') AS c GROUP BY model ORDER BY model",
};
constexpr Statement kCountByModelOfTenant{
    .name = "credential.count_by_model_of_tenant",
    .sql =
        "SELECT model, COUNT(*) AS subjects FROM credential "
        "WHERE tenant_id = $1 AND state = 'active' GROUP BY model ORDER BY model",
};
constexpr Statement kSubjectsOfModel{
    .name = "credential.subjects_of_model",
    .sql =
        "SELECT DISTINCT subject_id FROM credential "
        "WHERE tenant_id = $1 AND model = $2 AND state = 'active' ORDER BY subject_id",
};
constexpr Statement kRemoveSamples{
    .name = "credential.remove_samples",
    .sql = "DELETE FROM credential_sample WHERE tenant_id = $1 AND credential_id = $2",
};
constexpr Statement kRemoveAdaptedSample{
    .name = "credential.remove_adapted_sample",
    .sql =
        "DELETE FROM credential_sample WHERE tenant_id = $1 AND credential_id = $2 AND sample_id = $3 "
        "AND adapted_at IS NOT NULL",
};
constexpr Statement kClaimAdaptation{
    .name = "credential.claim_adaptation",
    .sql =
        "UPDATE credential SET last_adapted_at = $4 WHERE tenant_id = $1 AND credential_id = $2 AND "
        "state = 'active' AND model = $3 AND COALESCE(last_adapted_at, 0) <= $5",
};
constexpr Statement kRemoveSamplesOfSubject{
    .name = "credential.remove_samples_of_subject",
    .sql =
        "DELETE FROM credential_sample WHERE tenant_id = $1 AND credential_id IN "
        "(SELECT credential_id FROM credential WHERE tenant_id = $1 AND subject_id = $2)",
};
constexpr Statement kRemoveOfSubject{
    .name = "credential.remove_of_subject",
    .sql = "DELETE FROM credential WHERE tenant_id = $1 AND subject_id = $2",
};
constexpr Statement kRemoveImprintsOfSubject{
    .name = "credential.remove_imprints_of_subject",
    .sql = "DELETE FROM capture_imprint WHERE tenant_id = $1 AND subject_id = $2",
};
constexpr Statement kPendingSince{
    .name = "credential.pending_since",
    .sql =
        "SELECT tenant_id, credential_id, subject_id, verification_id, model, state, created_at, "
        "activated_at "
        "FROM credential WHERE state = 'pending' AND created_at <= $1 ORDER BY created_at, credential_id",
};
constexpr Statement kRemove{
    .name = "credential.remove",
    .sql = "DELETE FROM credential WHERE tenant_id = $1 AND credential_id = $2",
};

Result<domain::Credential> read(const store::Row& row) {
    auto state = CS_TRY(row.text("state"));
    domain::Credential credential;
    credential.tenant = CS_TRY(row.id<TenantId>("tenant_id"));
    credential.id = CS_TRY(row.id<CredentialId>("credential_id"));
    credential.subject = CS_TRY(row.id<SubjectId>("subject_id"));
    credential.verification = CS_TRY(row.id<VerificationId>("verification_id"));
    credential.model = CS_TRY(row.text("model"));
    credential.state = CS_TRY(domain::parse_credential_state(state));
    credential.created_at = CS_TRY(row.time("created_at"));
    credential.activated_at = CS_TRY(row.opt_time("activated_at"));
    return credential;
}

Result<domain::CredentialSample> read_sample(const store::Row& row) {
    domain::CredentialSample sample;
    sample.tenant = CS_TRY(row.id<TenantId>("tenant_id"));
    sample.id = CS_TRY(row.id<SampleId>("sample_id"));
    sample.credential = CS_TRY(row.id<CredentialId>("credential_id"));
    sample.position = static_cast<int>(CS_TRY(row.integer("position")));
    sample.sealed = CS_TRY(row.blob("sealed"));
    sample.adapted_at = CS_TRY(row.opt_time("adapted_at"));
    return sample;
}

Result<std::vector<domain::ModelCount>> read_counts(const store::Rows& rows) {
    std::vector<domain::ModelCount> counts;
    for (const auto& row : rows) {
        domain::ModelCount count;
        count.model = CS_TRY(row.text("model"));
        count.subjects = CS_TRY(row.integer("subjects"));
        counts.push_back(std::move(count));
    }
    return counts;
}

Result<void> insert_one_sample(store::Session& session, const domain::CredentialSample& sample) {
    CS_TRY(session.execute(kInsertSample, {sample.tenant, sample.id, sample.credential, sample.position,
                                           sample.sealed, sample.adapted_at}));
    return {};
}

Result<void> insert_samples(store::Session& session, const std::vector<domain::CredentialSample>& samples) {
    for (const auto& sample : samples)
        CS_TRY(insert_one_sample(session, sample));
    return {};
}

Result<std::vector<domain::Credential>> read_all(const store::Rows& rows) {
    std::vector<domain::Credential> credentials;
    for (const auto& row : rows)
        credentials.push_back(CS_TRY(read(row)));
    return credentials;
}

}  // namespace

Result<void> SqlCredentialRepository::insert(const domain::Credential& credential,
                                             const std::vector<domain::CredentialSample>& samples) {
    CS_TRY(session_.execute(kInsert, {credential.tenant, credential.id, credential.subject,
                                      credential.verification, credential.model, to_string(credential.state),
                                      credential.created_at, credential.activated_at}));
    return insert_samples(session_, samples);
}

Result<void> SqlCredentialRepository::replace_samples(const domain::Credential& credential,
                                                      const std::string& from,
                                                      const std::vector<domain::CredentialSample>& samples) {
    CS_TRY(change_one(session_, kChangeModel, {credential.tenant, credential.id, from, credential.model},
                      ErrorCode::conflict));
    CS_TRY(remove_samples(credential.tenant, credential.id));
    return insert_samples(session_, samples);
}

Result<void> SqlCredentialRepository::insert_sample(const domain::CredentialSample& sample) {
    return insert_one_sample(session_, sample);
}

Result<void> SqlCredentialRepository::remove_adapted_sample(const TenantId& tenant, const CredentialId& id,
                                                            const SampleId& sample) {
    return change_one(session_, kRemoveAdaptedSample, {tenant, id, sample}, ErrorCode::not_found);
}

Result<bool> SqlCredentialRepository::claim_adaptation(const domain::Credential& credential, UnixMicros now,
                                                       UnixMicros not_since) {
    const auto changed = CS_TRY(session_.execute(
        kClaimAdaptation, {credential.tenant, credential.id, credential.model, now, not_since}));
    return changed == 1;
}

Result<std::vector<domain::ModelCount>> SqlCredentialRepository::count_by_model() {
    const auto rows = CS_TRY(session_.query(kCountByModel, {}));
    return read_counts(rows);
}

Result<std::vector<domain::ModelCount>> SqlCredentialRepository::count_by_model(const TenantId& tenant) {
    const auto rows = CS_TRY(session_.query(kCountByModelOfTenant, {tenant}));
    return read_counts(rows);
}

Result<std::vector<SubjectId>> SqlCredentialRepository::subjects_of_model(const TenantId& tenant,
                                                                          const std::string& model) {
    const auto rows = CS_TRY(session_.query(kSubjectsOfModel, {tenant, model}));
    std::vector<SubjectId> subjects;
    for (const auto& row : rows)
        subjects.push_back(CS_TRY(row.id<SubjectId>("subject_id")));
    return subjects;
}

Result<domain::Credential> SqlCredentialRepository::find(const TenantId& tenant, const CredentialId& id) {
    const auto rows = CS_TRY(session_.query(kFind, {tenant, id}));
    auto row = CS_TRY(rows.one());
    return read(row);
}

Result<std::vector<domain::Credential>> SqlCredentialRepository::of_subject(const TenantId& tenant,
                                                                            const SubjectId& subject) {
    const auto rows = CS_TRY(session_.query(kOfSubject, {tenant, subject}));
    return read_all(rows);
}

Result<std::vector<domain::CredentialSample>> SqlCredentialRepository::samples(const TenantId& tenant,
                                                                               const CredentialId& id) {
    const auto rows = CS_TRY(session_.query(kSamples, {tenant, id}));
    std::vector<domain::CredentialSample> samples;
    for (const auto& row : rows)
        samples.push_back(CS_TRY(read_sample(row)));
    return samples;
}

Result<void> SqlCredentialRepository::change_state(const TenantId& tenant, const CredentialId& id,
                                                   domain::CredentialState from, domain::CredentialState to,
                                                   UnixMicros now) {
    store::Values values{tenant, id, to_string(from), to_string(to)};
    const bool activates = to == domain::CredentialState::active;
    if (activates) values.emplace_back(now);
    return change_one(session_, activates ? kActivate : kChangeState, values, ErrorCode::conflict);
}

Result<void> SqlCredentialRepository::remove_samples(const TenantId& tenant, const CredentialId& id) {
    CS_TRY(session_.execute(kRemoveSamples, {tenant, id}));
    return {};
}

Result<void> SqlCredentialRepository::remove_of_subject(const TenantId& tenant, const SubjectId& subject) {
    CS_TRY(session_.execute(kRemoveImprintsOfSubject, {tenant, subject}));
    CS_TRY(session_.execute(kRemoveSamplesOfSubject, {tenant, subject}));
    CS_TRY(session_.execute(kRemoveOfSubject, {tenant, subject}));
    return {};
}

Result<std::vector<domain::Credential>> SqlCredentialRepository::pending_since(UnixMicros limit) {
    const auto rows = CS_TRY(session_.query(kPendingSince, {limit}));
    return read_all(rows);
}

Result<void> SqlCredentialRepository::remove(const TenantId& tenant, const CredentialId& id) {
    CS_TRY(remove_samples(tenant, id));
    return change_one(session_, kRemove, {tenant, id}, ErrorCode::not_found);
}

}  // namespace countersign::persistence
