// What SqlCredentialRepository keeps of earlier captures.
#include "persistence/repositories.hpp"

namespace countersign::persistence {
namespace {

using store::Statement;

constexpr Statement kInsert{
    .name = "capture_imprint.insert",
    .sql =
        "INSERT INTO capture_imprint (tenant_id, challenge_id, subject_id, passed, model, sealed, "
        "created_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7)",
};
constexpr Statement kForgetOldest{
    .name = "capture_imprint.forget_oldest",
    .sql =
        "DELETE FROM capture_imprint WHERE tenant_id = $1 AND subject_id = $2 AND passed = $3 "
        "AND challenge_id NOT IN (SELECT challenge_id FROM capture_imprint WHERE tenant_id = $1 "
        "AND subject_id = $2 AND passed = $3 ORDER BY created_at DESC, challenge_id DESC LIMIT $4)",
};
constexpr Statement kOfSubject{
    .name = "capture_imprint.of_subject",
    .sql =
        "SELECT tenant_id, challenge_id, subject_id, passed, model, sealed, created_at FROM capture_imprint "
        "WHERE tenant_id = $1 AND subject_id = $2 ORDER BY created_at DESC, challenge_id DESC",
};
constexpr Statement kPurge{
    .name = "capture_imprint.purge",
    .sql = "DELETE FROM capture_imprint WHERE created_at < $1",
};

Result<domain::CaptureImprints> read(const store::Row& row) {
    domain::CaptureImprints imprints;
    imprints.tenant = CS_TRY(row.id<TenantId>("tenant_id"));
    imprints.challenge = CS_TRY(row.id<ChallengeId>("challenge_id"));
    imprints.subject = CS_TRY(row.id<SubjectId>("subject_id"));
    imprints.passed = CS_TRY(row.boolean("passed"));
    imprints.model = CS_TRY(row.text("model"));
    imprints.sealed = CS_TRY(row.blob("sealed"));
    imprints.created_at = CS_TRY(row.time("created_at"));
    return imprints;
}

}  // namespace

Result<void> SqlCredentialRepository::insert_imprints(const domain::CaptureImprints& imprints, int keep) {
    CS_TRY(session_.execute(kInsert, {imprints.tenant, imprints.challenge, imprints.subject, imprints.passed,
                                      imprints.model, imprints.sealed, imprints.created_at}));
    CS_TRY(session_.execute(kForgetOldest, {imprints.tenant, imprints.subject, imprints.passed, keep}));
    return {};
}

Result<std::vector<domain::CaptureImprints>> SqlCredentialRepository::imprints_of(const TenantId& tenant,
                                                                                  const SubjectId& subject) {
    const auto rows = CS_TRY(session_.query(kOfSubject, {tenant, subject}));
    std::vector<domain::CaptureImprints> all;
    for (const auto& row : rows)
        all.push_back(CS_TRY(read(row)));
    return all;
}

Result<void> SqlCredentialRepository::purge_imprints(UnixMicros limit) {
    CS_TRY(session_.execute(kPurge, {limit}));
    return {};
}

}  // namespace countersign::persistence
