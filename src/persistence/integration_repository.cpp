#include <cmath>

#include "persistence/changed_rows.hpp"
#include "persistence/repositories.hpp"

namespace countersign::persistence {
namespace {

using store::Statement;

constexpr Statement kInsert{
    .name = "integration.insert",
    .sql =
        "INSERT INTO integration (tenant_id, integration_id, name, enabled, allow_self_enrolment, "
        "enrolment_flow, verification_flow, request_mode_hint, claim_namespace, liveness_policy, "
        "target_fmr_ppb, max_attempts, session_lifetime_us, allow_insecure_loopback, created_at, updated_at, "
        "version, adapt_templates) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, "
        "$16, $17, $18)",
};
constexpr Statement kFind{
    .name = "integration.find",
    .sql =
        "SELECT tenant_id, integration_id, name, enabled, allow_self_enrolment, enrolment_flow, "
        "verification_flow, request_mode_hint, claim_namespace, liveness_policy, target_fmr_ppb, "
        "max_attempts, "
        "session_lifetime_us, allow_insecure_loopback, adapt_templates, created_at, updated_at, version, "
        "last_used_at FROM "
        "integration WHERE tenant_id = $1 AND integration_id = $2 AND deleted_at IS NULL",
};
constexpr Statement kFindById{
    .name = "integration.find_by_id",
    .sql =
        "SELECT tenant_id, integration_id, name, enabled, allow_self_enrolment, enrolment_flow, "
        "verification_flow, request_mode_hint, claim_namespace, liveness_policy, target_fmr_ppb, "
        "max_attempts, "
        "session_lifetime_us, allow_insecure_loopback, adapt_templates, created_at, updated_at, version, "
        "last_used_at FROM "
        "integration WHERE integration_id = $1 AND deleted_at IS NULL",
};
constexpr Statement kList{
    .name = "integration.list",
    .sql =
        "SELECT tenant_id, integration_id, name, enabled, allow_self_enrolment, enrolment_flow, "
        "verification_flow, request_mode_hint, claim_namespace, liveness_policy, target_fmr_ppb, "
        "max_attempts, "
        "session_lifetime_us, allow_insecure_loopback, adapt_templates, created_at, updated_at, version, "
        "last_used_at FROM "
        "integration WHERE tenant_id = $1 AND deleted_at IS NULL ORDER BY integration_id",
};
constexpr Statement kUpdate{
    .name = "integration.update",
    .sql =
        "UPDATE integration SET name = $4, enabled = $5, allow_self_enrolment = $6, enrolment_flow = $7, "
        "verification_flow = $8, request_mode_hint = $9, claim_namespace = $10, liveness_policy = $11, "
        "target_fmr_ppb = $12, max_attempts = $13, session_lifetime_us = $14, allow_insecure_loopback = $15, "
        "updated_at = $16, adapt_templates = $17, version = version + 1 WHERE tenant_id = $1 AND "
        "integration_id = $2 AND version = "
        "$3 AND deleted_at IS NULL",
};
constexpr Statement kNoteUse{
    .name = "integration.note_use",
    .sql =
        "UPDATE integration SET last_used_at = $3 WHERE tenant_id = $1 AND integration_id = $2 AND "
        "COALESCE(last_used_at, 0) <= $4",
};
constexpr Statement kMarkDeleted{
    .name = "integration.mark_deleted",
    .sql =
        "UPDATE integration SET deleted_at = $4, enabled = 0, version = version + 1 WHERE tenant_id = $1 AND "
        "integration_id = $2 AND version = $3 AND deleted_at IS NULL",
};
constexpr Statement kDomains{
    .name = "integration.domains",
    .sql =
        "SELECT domain FROM integration_domain WHERE tenant_id = $1 AND integration_id = $2 ORDER BY "
        "position",
};
constexpr Statement kInsertDomain{
    .name = "integration.insert_domain",
    .sql =
        "INSERT INTO integration_domain (tenant_id, integration_id, position, domain) VALUES ($1, $2, $3, "
        "$4)",
};
constexpr Statement kRemoveDomains{
    .name = "integration.remove_domains",
    .sql = "DELETE FROM integration_domain WHERE tenant_id = $1 AND integration_id = $2",
};
constexpr Statement kInsertSecret{
    .name = "integration.insert_secret",
    .sql =
        "INSERT INTO integration_secret (tenant_id, secret_id, integration_id, sealed, created_at, "
        "not_after) "
        "VALUES ($1, $2, $3, $4, $5, $6)",
};
constexpr Statement kSecrets{
    .name = "integration.secrets",
    .sql =
        "SELECT tenant_id, secret_id, integration_id, sealed, created_at, not_after FROM integration_secret "
        "WHERE tenant_id = $1 AND integration_id = $2 "
        "ORDER BY CASE WHEN not_after IS NULL THEN 0 ELSE 1 END, created_at DESC, secret_id DESC",
};
constexpr Statement kSetSecretEnd{
    .name = "integration.set_secret_end",
    .sql = "UPDATE integration_secret SET not_after = $3 WHERE tenant_id = $1 AND secret_id = $2",
};
constexpr Statement kRemoveSecret{
    .name = "integration.remove_secret",
    .sql = "DELETE FROM integration_secret WHERE tenant_id = $1 AND secret_id = $2",
};

/// A false match rate is stored in parts per billion, so that both engines keep it exactly.
std::int64_t to_ppb(double rate) {
    return std::llround(rate * 1e9);
}

Result<domain::IntegrationSettings> read_settings(const store::Row& row) {
    auto enrolment_flow = CS_TRY(row.text("enrolment_flow"));
    auto verification_flow = CS_TRY(row.text("verification_flow"));
    auto mode = CS_TRY(row.text("request_mode_hint"));
    auto liveness = CS_TRY(row.text("liveness_policy"));
    auto ppb = CS_TRY(row.integer("target_fmr_ppb"));
    domain::IntegrationSettings settings;
    settings.name = CS_TRY(row.opt_text("name"));
    settings.enabled = CS_TRY(row.boolean("enabled"));
    settings.allow_self_enrolment = CS_TRY(row.boolean("allow_self_enrolment"));
    settings.enrolment_flow = CS_TRY(domain::parse_capture_flow(enrolment_flow));
    settings.verification_flow = CS_TRY(domain::parse_capture_flow(verification_flow));
    settings.request_mode_hint = CS_TRY(domain::parse_request_mode(mode));
    settings.claim_namespace = CS_TRY(row.opt_text("claim_namespace"));
    settings.liveness = CS_TRY(domain::parse_liveness_policy(liveness));
    settings.target_fmr = static_cast<double>(ppb) / 1e9;
    settings.max_attempts = static_cast<int>(CS_TRY(row.integer("max_attempts")));
    settings.session_lifetime.value = CS_TRY(row.integer("session_lifetime_us"));
    settings.allow_insecure_loopback = CS_TRY(row.boolean("allow_insecure_loopback"));
    settings.adapt_templates = CS_TRY(row.boolean("adapt_templates"));
    return settings;
}

Result<domain::IntegrationSecret> read_secret(const store::Row& row) {
    domain::IntegrationSecret secret;
    secret.id = CS_TRY(row.id<SecretId>("secret_id"));
    secret.integration = CS_TRY(row.id<IntegrationId>("integration_id"));
    secret.tenant = CS_TRY(row.id<TenantId>("tenant_id"));
    secret.sealed = CS_TRY(row.blob("sealed"));
    secret.created_at = CS_TRY(row.time("created_at"));
    secret.not_after = CS_TRY(row.opt_time("not_after"));
    return secret;
}

}  // namespace

Result<domain::Integration> SqlIntegrationRepository::with_domains(const store::Row& row) {
    domain::Integration integration;
    integration.tenant = CS_TRY(row.id<TenantId>("tenant_id"));
    integration.id = CS_TRY(row.id<IntegrationId>("integration_id"));
    integration.settings = CS_TRY(read_settings(row));
    integration.created_at = CS_TRY(row.time("created_at"));
    integration.updated_at = CS_TRY(row.time("updated_at"));
    integration.version = CS_TRY(row.integer("version"));
    integration.last_used_at = CS_TRY(row.opt_time("last_used_at"));
    const auto domains = CS_TRY(session_.query(kDomains, {integration.tenant, integration.id}));
    for (const auto& entry : domains)
        integration.settings.return_domains.push_back(CS_TRY(entry.text("domain")));
    return integration;
}

Result<void> SqlIntegrationRepository::insert_domains(const domain::Integration& integration) {
    int position = 0;
    for (const auto& domain : integration.settings.return_domains) {
        CS_TRY(session_.execute(kInsertDomain, {integration.tenant, integration.id, position++, domain}));
    }
    return {};
}

Result<void> SqlIntegrationRepository::insert(const domain::Integration& integration) {
    const auto& s = integration.settings;
    CS_TRY(session_.execute(
        kInsert, {integration.tenant, integration.id, s.name, s.enabled, s.allow_self_enrolment,
                  to_string(s.enrolment_flow), to_string(s.verification_flow), to_string(s.request_mode_hint),
                  s.claim_namespace, to_string(s.liveness), to_ppb(s.target_fmr), s.max_attempts,
                  s.session_lifetime.value, s.allow_insecure_loopback, integration.created_at,
                  integration.updated_at, integration.version, s.adapt_templates}));
    return insert_domains(integration);
}

Result<domain::Integration> SqlIntegrationRepository::find(const TenantId& tenant, const IntegrationId& id) {
    const auto rows = CS_TRY(session_.query(kFind, {tenant, id}));
    auto row = CS_TRY(rows.one());
    return with_domains(row);
}

Result<domain::Integration> SqlIntegrationRepository::find_by_id(const IntegrationId& id) {
    const auto rows = CS_TRY(session_.query(kFindById, {id}));
    auto row = CS_TRY(rows.one());
    return with_domains(row);
}

Result<std::vector<domain::Integration>> SqlIntegrationRepository::list(const TenantId& tenant) {
    const auto rows = CS_TRY(session_.query(kList, {tenant}));
    std::vector<domain::Integration> integrations;
    for (const auto& row : rows)
        integrations.push_back(CS_TRY(with_domains(row)));
    return integrations;
}

Result<void> SqlIntegrationRepository::update(const domain::Integration& integration) {
    const auto& s = integration.settings;
    CS_TRY(change_one(
        session_, kUpdate,
        {integration.tenant, integration.id, integration.version, s.name, s.enabled, s.allow_self_enrolment,
         to_string(s.enrolment_flow), to_string(s.verification_flow), to_string(s.request_mode_hint),
         s.claim_namespace, to_string(s.liveness), to_ppb(s.target_fmr), s.max_attempts,
         s.session_lifetime.value, s.allow_insecure_loopback, integration.updated_at, s.adapt_templates},
        ErrorCode::conflict));
    CS_TRY(session_.execute(kRemoveDomains, {integration.tenant, integration.id}));
    return insert_domains(integration);
}

/// Once a minute is enough to tell what is in use, and keeps the row quiet under load.
Result<void> SqlIntegrationRepository::note_use(const TenantId& tenant, const IntegrationId& id,
                                                UnixMicros now) {
    CS_TRY(session_.execute(kNoteUse, {tenant, id, now, now - minutes(1)}));
    return {};
}

Result<void> SqlIntegrationRepository::mark_deleted(const TenantId& tenant, const IntegrationId& id,
                                                    std::int64_t version, UnixMicros now) {
    return change_one(session_, kMarkDeleted, {tenant, id, version, now}, ErrorCode::conflict);
}

Result<void> SqlIntegrationRepository::insert_secret(const domain::IntegrationSecret& secret) {
    CS_TRY(session_.execute(kInsertSecret, {secret.tenant, secret.id, secret.integration, secret.sealed,
                                            secret.created_at, secret.not_after}));
    return {};
}

Result<std::vector<domain::IntegrationSecret>> SqlIntegrationRepository::secrets(const TenantId& tenant,
                                                                                 const IntegrationId& id) {
    const auto rows = CS_TRY(session_.query(kSecrets, {tenant, id}));
    std::vector<domain::IntegrationSecret> secrets;
    for (const auto& row : rows)
        secrets.push_back(CS_TRY(read_secret(row)));
    return secrets;
}

Result<void> SqlIntegrationRepository::set_secret_end(const TenantId& tenant, const SecretId& id,
                                                      UnixMicros not_after) {
    return change_one(session_, kSetSecretEnd, {tenant, id, not_after}, ErrorCode::not_found);
}

Result<void> SqlIntegrationRepository::remove_secret(const TenantId& tenant, const SecretId& id) {
    return change_one(session_, kRemoveSecret, {tenant, id}, ErrorCode::not_found);
}

}  // namespace countersign::persistence
