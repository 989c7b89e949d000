#pragma once

#include <vector>

#include "domain/credential/imprints.hpp"

namespace countersign::domain {

/// Rows of `credential`, `credential_sample` and `capture_imprint`.
///
/// Errors: not_found, conflict (change_state: the stored state is not `from`), unavailable.
class CredentialRepository {
public:
    virtual ~CredentialRepository() = default;
    virtual Result<void> insert(const Credential& credential,
                                const std::vector<CredentialSample>& samples) = 0;
    virtual Result<Credential> find(const TenantId& tenant, const CredentialId& id) = 0;
    /// Oldest first, every state.
    virtual Result<std::vector<Credential>> of_subject(const TenantId& tenant, const SubjectId& subject) = 0;
    /// In order of position.
    virtual Result<std::vector<CredentialSample>> samples(const TenantId& tenant, const CredentialId& id) = 0;
    virtual Result<void> change_state(const TenantId& tenant, const CredentialId& id, CredentialState from,
                                      CredentialState to, UnixMicros now) = 0;
    /// Puts `samples` in the place of all samples of an active credential. Errors: conflict (it is not
    /// active, or its model is not `from`).
    virtual Result<void> replace_samples(const Credential& credential, const std::string& from,
                                         const std::vector<CredentialSample>& samples) = 0;
    virtual Result<void> remove_samples(const TenantId& tenant, const CredentialId& id) = 0;
    virtual Result<void> insert_sample(const CredentialSample& sample) = 0;
    /// Errors: not_found (also when it is an enrolled one).
    virtual Result<void> remove_adapted_sample(const TenantId& tenant, const CredentialId& id,
                                               const SampleId& sample) = 0;
    /// Notes the time and returns true when the credential is active, of the model it had, and was not
    /// adapted after `not_since`.
    virtual Result<bool> claim_adaptation(const Credential& credential, UnixMicros now,
                                          UnixMicros not_since) = 0;
    /// With its imprints.
    virtual Result<void> remove_of_subject(const TenantId& tenant, const SubjectId& subject) = 0;
    /// Every tenant's pending credentials created at or before `limit`.
    virtual Result<std::vector<Credential>> pending_since(UnixMicros limit) = 0;
    virtual Result<void> remove(const TenantId& tenant, const CredentialId& id) = 0;

    /// Active credentials of every tenant, by model.
    virtual Result<std::vector<ModelCount>> count_by_model() = 0;
    /// The tenant's own, by model.
    virtual Result<std::vector<ModelCount>> count_by_model(const TenantId& tenant) = 0;
    /// The tenant's subjects with an active credential of that model.
    virtual Result<std::vector<SubjectId>> subjects_of_model(const TenantId& tenant,
                                                             const std::string& model) = 0;

    /// Stores them and forgets those of the subject beyond the newest `keep` with the same `passed`.
    virtual Result<void> insert_imprints(const CaptureImprints& imprints, int keep) = 0;
    /// Newest first.
    virtual Result<std::vector<CaptureImprints>> imprints_of(const TenantId& tenant,
                                                             const SubjectId& subject) = 0;
    /// Every tenant's, created before `limit`.
    virtual Result<void> purge_imprints(UnixMicros limit) = 0;
};

}  // namespace countersign::domain
