#pragma once

// One repository per port of the domain, each over one SQL session. Private to the module: outsiders use
// SqlUnitOfWork.

#include "domain/unit_of_work.hpp"
#include "store/database.hpp"

namespace countersign::persistence {

class SqlTenantRepository final : public domain::TenantRepository {
public:
    explicit SqlTenantRepository(store::Session& session) : session_(session) {}
    Result<void> insert(const domain::Tenant& tenant) override;
    Result<domain::Tenant> find(const TenantId& id) override;
    Result<domain::Tenant> find_by_name(std::string_view name) override;
    Result<std::vector<domain::Tenant>> list() override;
    Result<void> rename(const TenantId& id, std::string_view name) override;
    Result<void> replace_key(const TenantId& id, ByteView expected, ByteView replacement) override;

private:
    store::Session& session_;
};

class SqlIntegrationRepository final : public domain::IntegrationRepository {
public:
    explicit SqlIntegrationRepository(store::Session& session) : session_(session) {}
    Result<void> insert(const domain::Integration& integration) override;
    Result<domain::Integration> find(const TenantId& tenant, const IntegrationId& id) override;
    Result<domain::Integration> find_by_id(const IntegrationId& id) override;
    Result<std::vector<domain::Integration>> list(const TenantId& tenant) override;
    Result<void> update(const domain::Integration& integration) override;
    Result<void> note_use(const TenantId& tenant, const IntegrationId& id, UnixMicros now) override;
    Result<void> mark_deleted(const TenantId& tenant, const IntegrationId& id, std::int64_t version,
                              UnixMicros now) override;
    Result<void> insert_secret(const domain::IntegrationSecret& secret) override;
    Result<std::vector<domain::IntegrationSecret>> secrets(const TenantId& tenant,
                                                           const IntegrationId& id) override;
    Result<void> set_secret_end(const TenantId& tenant, const SecretId& id, UnixMicros not_after) override;
    Result<void> remove_secret(const TenantId& tenant, const SecretId& id) override;

private:
    Result<domain::Integration> with_domains(const store::Row& row);
    Result<void> insert_domains(const domain::Integration& integration);
    store::Session& session_;
};

class SqlSubjectRepository final : public domain::SubjectRepository {
public:
    explicit SqlSubjectRepository(store::Session& session) : session_(session) {}
    Result<void> insert(const domain::Subject& subject) override;
    Result<domain::Subject> find(const TenantId& tenant, const SubjectId& id) override;
    Result<domain::Subject> find_by_external_id(const TenantId& tenant,
                                                std::string_view external_id) override;
    Result<std::vector<domain::SubjectSummary>> list(const TenantId& tenant, const SubjectId& after,
                                                     int limit) override;
    Result<std::vector<domain::FoundSubject>> search(const TenantId& tenant,
                                                     const domain::SubjectFilter& filter,
                                                     domain::SubjectSort sort,
                                                     const std::optional<domain::SubjectPosition>& after,
                                                     int limit) override;
    Result<std::optional<std::int64_t>> count(const TenantId& tenant,
                                              const domain::SubjectFilter& filter) override;
    Result<std::int64_t> count_enrolled(const TenantId& tenant) override;
    Result<void> set_enrolment(const TenantId& tenant, const SubjectId& id,
                               const std::optional<domain::Enrolment>& enrolment) override;
    Result<void> set_notes(const TenantId& tenant, const SubjectId& id, std::int64_t version,
                           std::string_view notes) override;
    Result<void> set_state(const TenantId& tenant, const SubjectId& id, domain::SubjectState state) override;
    Result<int> charge(const TenantId& tenant, const SubjectId& id, UnixMicros now) override;
    Result<void> reset_attempts(const TenantId& tenant, const SubjectId& id,
                                std::optional<UnixMicros> passed_at) override;
    Result<void> remove(const TenantId& tenant, const SubjectId& id) override;
    Result<void> remove_abandoned(UnixMicros limit) override;

private:
    store::Session& session_;
};

class SqlCredentialRepository final : public domain::CredentialRepository {
public:
    explicit SqlCredentialRepository(store::Session& session) : session_(session) {}
    Result<void> insert(const domain::Credential& credential,
                        const std::vector<domain::CredentialSample>& samples) override;
    Result<domain::Credential> find(const TenantId& tenant, const CredentialId& id) override;
    Result<std::vector<domain::Credential>> of_subject(const TenantId& tenant,
                                                       const SubjectId& subject) override;
    Result<std::vector<domain::CredentialSample>> samples(const TenantId& tenant,
                                                          const CredentialId& id) override;
    Result<void> change_state(const TenantId& tenant, const CredentialId& id, domain::CredentialState from,
                              domain::CredentialState to, UnixMicros now) override;
    Result<void> replace_samples(const domain::Credential& credential, const std::string& from,
                                 const std::vector<domain::CredentialSample>& samples) override;
    Result<void> remove_samples(const TenantId& tenant, const CredentialId& id) override;
    Result<void> insert_sample(const domain::CredentialSample& sample) override;
    Result<void> remove_adapted_sample(const TenantId& tenant, const CredentialId& id,
                                       const SampleId& sample) override;
    Result<bool> claim_adaptation(const domain::Credential& credential, UnixMicros now,
                                  UnixMicros not_since) override;
    Result<void> remove_of_subject(const TenantId& tenant, const SubjectId& subject) override;
    Result<std::vector<domain::Credential>> pending_since(UnixMicros limit) override;
    Result<void> remove(const TenantId& tenant, const CredentialId& id) override;
    Result<std::vector<domain::ModelCount>> count_by_model() override;
    Result<std::vector<domain::ModelCount>> count_by_model(const TenantId& tenant) override;
    Result<std::vector<SubjectId>> subjects_of_model(const TenantId& tenant,
                                                     const std::string& model) override;
    Result<void> insert_imprints(const domain::CaptureImprints& imprints, int keep) override;
    Result<std::vector<domain::CaptureImprints>> imprints_of(const TenantId& tenant,
                                                             const SubjectId& subject) override;
    Result<void> purge_imprints(UnixMicros limit) override;

private:
    store::Session& session_;
};

class SqlConsentRepository final : public domain::ConsentRepository {
public:
    explicit SqlConsentRepository(store::Session& session) : session_(session) {}
    Result<void> insert(const domain::Consent& consent) override;
    Result<std::optional<domain::Consent>> find_valid(const TenantId& tenant, const SubjectId& subject,
                                                      std::string_view version) override;
    Result<std::vector<domain::Consent>> of_subject(const TenantId& tenant,
                                                    const SubjectId& subject) override;
    Result<void> withdraw_all(const TenantId& tenant, const SubjectId& subject, UnixMicros now) override;

private:
    store::Session& session_;
};

class SqlVerificationRepository final : public domain::VerificationRepository {
public:
    explicit SqlVerificationRepository(store::Session& session) : session_(session) {}
    Result<void> insert(const domain::Verification& verification) override;
    Result<domain::Verification> find(const TenantId& tenant, const VerificationId& id) override;
    Result<domain::Verification> find_by_id(const VerificationId& id) override;
    Result<void> change(const TenantId& tenant, const VerificationId& id,
                        const domain::VerificationChange& change) override;
    Result<int> charge(const TenantId& tenant, const VerificationId& id, const ChallengeId& challenge,
                       UnixMicros now) override;
    Result<void> consume(const TenantId& tenant, const VerificationId& id, UnixMicros now) override;
    Result<void> confirm(const TenantId& tenant, const VerificationId& id, UnixMicros now) override;
    Result<void> remember_start_token(const TenantId& tenant, std::string_view token_hash,
                                      UnixMicros keep_until) override;
    Result<void> insert_ticket(const domain::CaptureTicket& ticket) override;
    Result<domain::CaptureTicket> find_ticket(std::string_view ticket_hash) override;
    Result<domain::CaptureTicket> find_ticket(const TenantId& tenant, const ChallengeId& id) override;
    Result<void> open_ticket(const TenantId& tenant, const ChallengeId& id, UnixMicros now) override;
    Result<std::vector<domain::Verification>> of_subject(const TenantId& tenant,
                                                         const SubjectId& subject) override;
    Result<std::vector<domain::Verification>> overdue(UnixMicros now, int limit) override;
    Result<std::vector<domain::Verification>> search(const TenantId& tenant,
                                                     const domain::TransactionFilter& filter,
                                                     const std::optional<domain::TransactionPosition>& after,
                                                     int limit) override;
    Result<bool> add_step(const TenantId& tenant, const VerificationId& id,
                          const domain::VerificationStep& step) override;
    Result<std::vector<domain::VerificationStep>> steps(const TenantId& tenant,
                                                        const VerificationId& id) override;
    Result<void> purge_single_use(UnixMicros now, UnixMicros tickets_before) override;
    Result<int> purge_final(const TenantId& tenant, UnixMicros before, int limit) override;
    Result<int> remove_consumed_of_subject(const TenantId& tenant, const SubjectId& subject) override;

private:
    store::Session& session_;
};

class SqlAuditRepository final : public domain::AuditRepository {
public:
    explicit SqlAuditRepository(store::Session& session) : session_(session) {}
    Result<std::optional<domain::AuditHead>> head(const TenantId& tenant) override;
    Result<void> append(const domain::AuditEvent& event) override;
    Result<std::vector<domain::AuditEvent>> list(const TenantId& tenant, std::int64_t after,
                                                 int limit) override;
    Result<std::vector<domain::AuditEvent>> search(const TenantId& tenant, const domain::AuditFilter& filter,
                                                   std::optional<std::int64_t> before, int limit) override;
    Result<std::optional<std::int64_t>> first_since(const TenantId& tenant, UnixMicros from) override;

private:
    store::Session& session_;
};

class SqlActivityRepository final : public domain::ActivityRepository {
public:
    explicit SqlActivityRepository(store::Session& session) : session_(session) {}
    Result<void> add(const TenantId& tenant, const IntegrationId& integration, domain::Grain grain,
                     const domain::ActivityCount& count) override;
    Result<std::vector<domain::ActivityCount>> since(
        const TenantId& tenant, domain::Grain grain, UnixMicros from,
        const std::optional<IntegrationId>& integration) override;
    Result<void> purge_hours(UnixMicros limit) override;

private:
    store::Session& session_;
};

class SqlTenantSettingsRepository final : public domain::TenantSettingsRepository {
public:
    explicit SqlTenantSettingsRepository(store::Session& session) : session_(session) {}
    Result<domain::TenantSettings> find(const TenantId& tenant) override;
    Result<void> save(const domain::TenantSettings& settings) override;

private:
    store::Session& session_;
};

class SqlConsentTextRepository final : public domain::ConsentTextRepository {
public:
    explicit SqlConsentTextRepository(store::Session& session) : session_(session) {}
    Result<void> insert(const TenantId& tenant, const domain::ConsentText& text) override;
    Result<std::vector<domain::ConsentText>> current(const TenantId& tenant) override;
    Result<std::vector<domain::ConsentText>> list(const TenantId& tenant) override;

private:
    store::Session& session_;
};

class SqlSimulationRepository final : public domain::SimulationRepository {
public:
    explicit SqlSimulationRepository(store::Session& session) : session_(session) {}
    Result<void> insert(const domain::Simulation& simulation) override;
    Result<domain::Simulation> find(const TenantId& tenant, const SimulationId& id) override;
    Result<domain::Simulation> find_by_state(std::string_view state_hash) override;
    Result<void> update(const domain::Simulation& simulation) override;
    Result<std::vector<domain::Simulation>> with_overdue_user(UnixMicros now, int limit) override;
    Result<void> purge(UnixMicros created_before) override;

private:
    store::Session& session_;
};

}  // namespace countersign::persistence
