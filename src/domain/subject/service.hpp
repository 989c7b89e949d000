#pragma once

#include "domain/unit_of_work.hpp"

namespace countersign::domain {

/// A browser that a person logged in with, as it names itself.
struct SubjectDevice {
    std::string user_agent;
    int logins{0};
    UnixMicros last_seen_at;
};

struct SubjectDetail {
    Subject subject;
    std::vector<Credential> credentials;
    std::vector<Consent> consents;
    std::map<CredentialId, int> samples;                         // templates of each credential
    std::map<CredentialId, std::vector<AdaptedSample>> adapted;  // those of them that strong matches added
    std::vector<SubjectDevice> devices;                          // of the newest logins, the latest first
};

struct SubjectPage {
    std::vector<FoundSubject> items;
    bool more{false};
    std::optional<std::int64_t> total;  // for the first page only, and only when it is cheap
};

/// Proof that everything sealed for a person was destroyed.
struct DeletionCertificate {
    SubjectId subject;
    std::string external_id_sha256;  // hex; the identifier itself is gone
    UnixMicros deleted_at;
    std::string deleted_by;
    int templates{0};
    int transactions{0};
    AuditId audit_event;
    std::string audit_hash;
};

/// What is stored about a person, without the template.
struct SubjectRecord {
    SubjectDetail detail;
    std::vector<Verification> transactions;
};

/// What an administrator does to several users at once.
enum class SubjectAct { suspend, reactivate, re_enrol };
Result<SubjectAct> parse_subject_act(std::string_view text);

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
    Result<SubjectPage> search(const TenantId& tenant, const SubjectFilter& filter, SubjectSort sort,
                               const std::optional<SubjectPosition>& after, int limit);
    /// Everything stored about the person; `actor` is audited.
    Result<SubjectRecord> record(const TenantId& tenant, const SubjectId& id, std::string_view actor);
    /// Errors: precondition_failed (`version` is not the stored one).
    Result<SubjectDetail> set_notes(const TenantId& tenant, const SubjectId& id, std::int64_t version,
                                    std::string_view notes, std::string_view actor);
    Result<void> act(const TenantId& tenant, const SubjectId& id, SubjectAct act, std::string_view actor);
    /// Revokes the active credential and destroys its templates: the next login enrols again, where
    /// self-enrolment is allowed. Errors: not_enrolled.
    Result<void> re_enrol(const TenantId& tenant, const SubjectId& id, std::string_view actor);
    /// Destroys one sample that a strong match added, or all of them; enrolled ones stay. Returns how many.
    /// Errors: not_found (there is none such).
    Result<int> forget_adapted(const TenantId& tenant, const SubjectId& id,
                               const std::optional<SampleId>& only, std::string_view actor);
    /// How many subjects of all tenants have templates of which embedding model.
    Result<std::vector<ModelCount>> models();
    /// The tenant's own.
    Result<std::vector<ModelCount>> models(const TenantId& tenant);
    /// Asks everybody of the tenant whose templates are of that model to enrol anew, one by one: what is done
    /// stays done when a later one fails. Returns how many.
    Result<int> re_enrol_model(const TenantId& tenant, const std::string& model, std::string_view actor);
    /// Leaves in the audit that a list was taken out.
    Result<void> note_export(const TenantId& tenant, std::int64_t rows, std::string_view actor);
    /// Destroys the subject's key, templates and counters and ends its open verifications; consents stay,
    /// withdrawn, under the internal id; the write-ahead log is emptied. The person may enrol again as
    /// somebody new. Requirement S15.
    Result<DeletionCertificate> remove(const TenantId& tenant, const SubjectId& id, std::string_view actor);
    Result<void> suspend(const TenantId& tenant, const SubjectId& id, std::string_view actor);
    /// Back to active with fresh counters, from suspended or locked.
    Result<void> unlock(const TenantId& tenant, const SubjectId& id, std::string_view actor);

private:
    void clear_log();

    UnitOfWork& work_;
    const Clock& clock_;
    Random& random_;
};

}  // namespace countersign::domain
