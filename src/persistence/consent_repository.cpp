#include "persistence/repositories.hpp"

namespace countersign::persistence {
namespace {

using store::Statement;

constexpr Statement kInsert{
    .name = "consent.insert",
    .sql =
        "INSERT INTO consent (tenant_id, consent_id, subject_id, verification_id, version, locale, sha256, "
        "given_at, "
        "withdrawn_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
};
constexpr Statement kFindValid{
    .name = "consent.find_valid",
    .sql =
        "SELECT tenant_id, consent_id, subject_id, verification_id, version, locale, sha256, given_at, "
        "withdrawn_at "
        "FROM consent WHERE tenant_id = $1 AND subject_id = $2 AND version = $3 AND withdrawn_at IS NULL "
        "ORDER BY given_at DESC, consent_id DESC LIMIT 1",
};
constexpr Statement kOfSubject{
    .name = "consent.of_subject",
    .sql =
        "SELECT tenant_id, consent_id, subject_id, verification_id, version, locale, sha256, given_at, "
        "withdrawn_at "
        "FROM consent WHERE tenant_id = $1 AND subject_id = $2 ORDER BY given_at, consent_id",
};
constexpr Statement kWithdrawAll{
    .name = "consent.withdraw_all",
    .sql =
        "UPDATE consent SET withdrawn_at = $3 WHERE tenant_id = $1 AND subject_id = $2 AND withdrawn_at IS "
        "NULL",
};

Result<domain::Consent> read(const store::Row& row) {
    domain::Consent consent;
    consent.tenant = CS_TRY(row.id<TenantId>("tenant_id"));
    consent.id = CS_TRY(row.id<ConsentId>("consent_id"));
    consent.subject = CS_TRY(row.id<SubjectId>("subject_id"));
    consent.verification = CS_TRY(row.id<VerificationId>("verification_id"));
    consent.version = CS_TRY(row.text("version"));
    consent.locale = CS_TRY(row.text("locale"));
    consent.sha256 = CS_TRY(row.text("sha256"));
    consent.given_at = CS_TRY(row.time("given_at"));
    consent.withdrawn_at = CS_TRY(row.opt_time("withdrawn_at"));
    return consent;
}

}  // namespace

Result<void> SqlConsentRepository::insert(const domain::Consent& consent) {
    CS_TRY(session_.execute(
        kInsert, {consent.tenant, consent.id, consent.subject, consent.verification, consent.version,
                  consent.locale, consent.sha256, consent.given_at, consent.withdrawn_at}));
    return {};
}

Result<std::optional<domain::Consent>> SqlConsentRepository::find_valid(const TenantId& tenant,
                                                                        const SubjectId& subject,
                                                                        std::string_view version) {
    const auto rows = CS_TRY(session_.query(kFindValid, {tenant, subject, version}));
    if (rows.empty()) return std::optional<domain::Consent>();
    return std::optional<domain::Consent>(CS_TRY(read(rows[0])));
}

Result<std::vector<domain::Consent>> SqlConsentRepository::of_subject(const TenantId& tenant,
                                                                      const SubjectId& subject) {
    const auto rows = CS_TRY(session_.query(kOfSubject, {tenant, subject}));
    std::vector<domain::Consent> consents;
    for (const auto& row : rows)
        consents.push_back(CS_TRY(read(row)));
    return consents;
}

Result<void> SqlConsentRepository::withdraw_all(const TenantId& tenant, const SubjectId& subject,
                                                UnixMicros now) {
    CS_TRY(session_.execute(kWithdrawAll, {tenant, subject, now}));
    return {};
}

}  // namespace countersign::persistence
