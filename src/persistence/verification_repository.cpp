#include "persistence/changed_rows.hpp"
#include "persistence/repositories.hpp"
#include "persistence/rows_of.hpp"

namespace countersign::persistence {
namespace {

using store::Statement;

constexpr Statement kInsert{
    .name = "verification.insert",
    .sql =
        "INSERT INTO verification (tenant_id, verification_id, integration_id, subject_id, purpose, "
        "state, external_id, issuer, return_domain, return_state, nonce, transaction_id, client_id, "
        "client_name, locale, secret_id, cookie_hash, attempts_used, attempts_max, consent_id, "
        "challenge_id, code, credential_id, created_at, expires_at, decided_at, consumed_at, "
        "confirmed_at, cause, duration_us, simulation_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
        "$11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, "
        "$30, $31)",
};
constexpr Statement kFind{
    .name = "verification.find",
    .sql =
        "SELECT tenant_id, verification_id, integration_id, subject_id, purpose, state, external_id, "
        "issuer, return_domain, return_state, nonce, transaction_id, client_id, client_name, locale, "
        "secret_id, cookie_hash, attempts_used, attempts_max, consent_id, challenge_id, code, "
        "credential_id, created_at, expires_at, decided_at, consumed_at, confirmed_at, cause, "
        "duration_us, simulation_id FROM verification WHERE tenant_id = $1 AND verification_id = $2",
};
constexpr Statement kFindById{
    .name = "verification.find_by_id",
    .sql =
        "SELECT tenant_id, verification_id, integration_id, subject_id, purpose, state, external_id, "
        "issuer, return_domain, return_state, nonce, transaction_id, client_id, client_name, locale, "
        "secret_id, cookie_hash, attempts_used, attempts_max, consent_id, challenge_id, code, "
        "credential_id, created_at, expires_at, decided_at, consumed_at, confirmed_at, cause, "
        "duration_us, simulation_id FROM verification WHERE verification_id = $1",
};
constexpr Statement kOfSubject{
    .name = "verification.of_subject",
    .sql =
        "SELECT tenant_id, verification_id, integration_id, subject_id, purpose, state, external_id, "
        "issuer, return_domain, return_state, nonce, transaction_id, client_id, client_name, locale, "
        "secret_id, cookie_hash, attempts_used, attempts_max, consent_id, challenge_id, code, "
        "credential_id, created_at, expires_at, decided_at, consumed_at, confirmed_at, cause, "
        "duration_us, simulation_id FROM verification WHERE tenant_id = $1 AND subject_id = $2 ORDER BY "
        "verification_id",
};
constexpr Statement kOverdue{
    .name = "verification.overdue",
    .sql =
        "SELECT tenant_id, verification_id, integration_id, subject_id, purpose, state, external_id, "
        "issuer, return_domain, return_state, nonce, transaction_id, client_id, client_name, locale, "
        "secret_id, cookie_hash, attempts_used, attempts_max, consent_id, challenge_id, code, "
        "credential_id, created_at, expires_at, decided_at, consumed_at, confirmed_at, cause, "
        "duration_us, simulation_id FROM verification WHERE state IN ('opened', 'consented', 'capturing') "
        "AND expires_at <= $1 ORDER "
        "BY expires_at, verification_id LIMIT $2",
};
constexpr Statement kChange{
    .name = "verification.change",
    .sql =
        "UPDATE verification SET state = $4, consent_id = COALESCE($5, consent_id), code = "
        "COALESCE($6, code), credential_id = COALESCE($7, credential_id), decided_at = COALESCE($8, "
        "decided_at), cause = $10, duration_us = COALESCE($11, duration_us) WHERE tenant_id = $1 AND "
        "verification_id = $2 AND state = $3 AND (challenge_id = $9 OR $9 IS NULL)",
};
constexpr Statement kCharge{
    .name = "verification.charge",
    .sql =
        "UPDATE verification SET attempts_used = attempts_used + 1, state = 'capturing', challenge_id "
        "= $3 WHERE tenant_id = $1 AND verification_id = $2 AND attempts_used < attempts_max AND "
        "state IN ('consented', 'capturing') AND expires_at > $4 RETURNING attempts_used",
};
constexpr Statement kConsume{
    .name = "verification.consume",
    .sql =
        "UPDATE verification SET consumed_at = $3 WHERE tenant_id = $1 AND verification_id = $2 AND "
        "consumed_at IS NULL AND state IN ('passed', 'failed', 'cancelled', 'expired', 'refused')",
};
constexpr Statement kConfirm{
    .name = "verification.confirm",
    .sql =
        "UPDATE verification SET confirmed_at = $3 WHERE tenant_id = $1 AND verification_id = $2 AND "
        "confirmed_at IS NULL AND consumed_at IS NOT NULL AND state = 'passed'",
};
constexpr Statement kRemoveConsumed{
    .name = "verification.remove_consumed",
    .sql =
        "DELETE FROM verification WHERE tenant_id = $1 AND subject_id = $2 AND consumed_at IS NOT "
        "NULL",
};
constexpr Statement kPurgeFinal{
    .name = "verification.purge_final",
    .sql =
        "DELETE FROM verification WHERE tenant_id = $1 AND verification_id IN (SELECT verification_id FROM "
        "verification WHERE tenant_id = $1 AND created_at < $2 AND state IN ('passed', 'failed', "
        "'cancelled', 'expired', 'refused') ORDER BY created_at LIMIT $3)",
};

Result<domain::Origin> read_origin(const store::Row& row) {
    auto state = CS_TRY(row.blob("return_state"));
    domain::Origin origin;
    origin.subject_external_id = CS_TRY(row.text("external_id"));
    origin.issuer = CS_TRY(row.text("issuer"));
    origin.return_domain = CS_TRY(row.text("return_domain"));
    origin.return_state = std::string(as_text(state));
    origin.nonce = CS_TRY(row.text("nonce"));
    origin.transaction_id = CS_TRY(row.text("transaction_id"));
    origin.client_id = CS_TRY(row.text("client_id"));
    origin.client_name = CS_TRY(row.text("client_name"));
    origin.locale = CS_TRY(row.text("locale"));
    origin.secret = CS_TRY(row.id<SecretId>("secret_id"));
    return origin;
}

Result<std::optional<domain::OutcomeCode>> read_code(const store::Row& row) {
    auto text = CS_TRY(row.opt_text("code"));
    if (!text) return std::optional<domain::OutcomeCode>();
    return std::optional(CS_TRY(domain::parse_outcome_code(*text)));
}

}  // namespace

Result<domain::Verification> read_verification(const store::Row& row) {
    auto purpose = CS_TRY(row.text("purpose"));
    auto state = CS_TRY(row.text("state"));
    auto subject = CS_TRY(row.opt_id<SubjectId>("subject_id"));
    domain::Verification v;
    v.id = CS_TRY(row.id<VerificationId>("verification_id"));
    v.tenant = CS_TRY(row.id<TenantId>("tenant_id"));
    v.integration = CS_TRY(row.id<IntegrationId>("integration_id"));
    v.subject = subject.value_or(SubjectId());
    v.purpose = CS_TRY(domain::parse_purpose(purpose));
    v.state = CS_TRY(domain::parse_verification_state(state));
    v.origin = CS_TRY(read_origin(row));
    v.cookie_hash = CS_TRY(row.text("cookie_hash"));
    v.attempts_used = static_cast<int>(CS_TRY(row.integer("attempts_used")));
    v.attempts_max = static_cast<int>(CS_TRY(row.integer("attempts_max")));
    v.consent = CS_TRY(row.opt_id<ConsentId>("consent_id"));
    v.challenge = CS_TRY(row.opt_id<ChallengeId>("challenge_id"));
    v.code = CS_TRY(read_code(row));
    v.credential = CS_TRY(row.opt_id<CredentialId>("credential_id"));
    v.created_at = CS_TRY(row.time("created_at"));
    v.expires_at = CS_TRY(row.time("expires_at"));
    v.decided_at = CS_TRY(row.opt_time("decided_at"));
    v.consumed_at = CS_TRY(row.opt_time("consumed_at"));
    v.confirmed_at = CS_TRY(row.opt_time("confirmed_at"));
    const auto duration = CS_TRY(row.opt_integer("duration_us"));
    v.cause = CS_TRY(row.opt_text("cause"));
    if (duration) v.duration = Micros{*duration};
    v.simulation = CS_TRY(row.opt_id<SimulationId>("simulation_id"));
    return v;
}

namespace {

Result<std::vector<domain::Verification>> read_all(const store::Rows& rows) {
    std::vector<domain::Verification> verifications;
    for (const auto& row : rows)
        verifications.push_back(CS_TRY(read_verification(row)));
    return verifications;
}

store::Value code_value(const std::optional<domain::OutcomeCode>& code) {
    return code ? store::Value(to_string(*code)) : store::Value();
}

store::Value duration_value(const std::optional<Micros>& duration) {
    return duration ? store::Value(duration->value) : store::Value();
}

}  // namespace

Result<void> SqlVerificationRepository::insert(const domain::Verification& v) {
    const auto& o = v.origin;
    const auto subject = v.subject.empty() ? store::Value() : store::Value(v.subject);
    CS_TRY(session_.execute(kInsert, {v.tenant,
                                      v.id,
                                      v.integration,
                                      subject,
                                      to_string(v.purpose),
                                      to_string(v.state),
                                      o.subject_external_id,
                                      o.issuer,
                                      o.return_domain,
                                      as_bytes(o.return_state),
                                      o.nonce,
                                      o.transaction_id,
                                      o.client_id,
                                      o.client_name,
                                      o.locale,
                                      o.secret,
                                      v.cookie_hash,
                                      v.attempts_used,
                                      v.attempts_max,
                                      v.consent,
                                      v.challenge,
                                      code_value(v.code),
                                      v.credential,
                                      v.created_at,
                                      v.expires_at,
                                      v.decided_at,
                                      v.consumed_at,
                                      v.confirmed_at,
                                      v.cause,
                                      duration_value(v.duration),
                                      v.simulation}));
    return {};
}

Result<domain::Verification> SqlVerificationRepository::find(const TenantId& tenant,
                                                             const VerificationId& id) {
    const auto rows = CS_TRY(session_.query(kFind, {tenant, id}));
    auto row = CS_TRY(rows.one());
    return read_verification(row);
}

Result<domain::Verification> SqlVerificationRepository::find_by_id(const VerificationId& id) {
    const auto rows = CS_TRY(session_.query(kFindById, {id}));
    auto row = CS_TRY(rows.one());
    return read_verification(row);
}

Result<void> SqlVerificationRepository::change(const TenantId& tenant, const VerificationId& id,
                                               const domain::VerificationChange& change) {
    return change_one(session_, kChange,
                      {tenant, id, to_string(change.from), to_string(change.to), change.consent,
                       code_value(change.code), change.credential, change.decided_at,
                       change.expected_challenge, change.cause, duration_value(change.duration)},
                      ErrorCode::conflict);
}

Result<int> SqlVerificationRepository::charge(const TenantId& tenant, const VerificationId& id,
                                              const ChallengeId& challenge, UnixMicros now) {
    const auto rows = CS_TRY(session_.query(kCharge, {tenant, id, challenge, now}));
    if (!rows.empty()) return static_cast<int>(CS_TRY(rows[0].integer("attempts_used")));
    auto verification = CS_TRY(find(tenant, id));
    if (verification.attempts_left() <= 0) return fail(ErrorCode::attempts_used_up, "no attempt is left");
    if (now >= verification.expires_at)
        return fail(ErrorCode::transaction_expired, "the verification has expired");
    return fail(ErrorCode::conflict, "the verification is not ready for a capture");
}

Result<void> SqlVerificationRepository::consume(const TenantId& tenant, const VerificationId& id,
                                                UnixMicros now) {
    return change_one(session_, kConsume, {tenant, id, now}, ErrorCode::already_used);
}

Result<void> SqlVerificationRepository::confirm(const TenantId& tenant, const VerificationId& id,
                                                UnixMicros now) {
    return change_one(session_, kConfirm, {tenant, id, now}, ErrorCode::already_used);
}

Result<std::vector<domain::Verification>> SqlVerificationRepository::of_subject(const TenantId& tenant,
                                                                                const SubjectId& subject) {
    const auto rows = CS_TRY(session_.query(kOfSubject, {tenant, subject}));
    return read_all(rows);
}

Result<std::vector<domain::Verification>> SqlVerificationRepository::overdue(UnixMicros now, int limit) {
    const auto rows = CS_TRY(session_.query(kOverdue, {now, limit}));
    return read_all(rows);
}

Result<int> SqlVerificationRepository::remove_consumed_of_subject(const TenantId& tenant,
                                                                  const SubjectId& subject) {
    const auto removed = CS_TRY(session_.execute(kRemoveConsumed, {tenant, subject}));
    return static_cast<int>(removed);
}

Result<int> SqlVerificationRepository::purge_final(const TenantId& tenant, UnixMicros before, int limit) {
    const auto removed = CS_TRY(session_.execute(kPurgeFinal, {tenant, before, limit}));
    return static_cast<int>(removed);
}

}  // namespace countersign::persistence
