#pragma once

#include <vector>

#include "domain/credential/types.hpp"

namespace countersign::domain {

/// Rows of `credential` and `credential_sample`.
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
    virtual Result<void> remove_samples(const TenantId& tenant, const CredentialId& id) = 0;
    virtual Result<void> remove_of_subject(const TenantId& tenant, const SubjectId& subject) = 0;
    /// Every tenant's pending credentials created at or before `limit`.
    virtual Result<std::vector<Credential>> pending_since(UnixMicros limit) = 0;
    virtual Result<void> remove(const TenantId& tenant, const CredentialId& id) = 0;
};

}  // namespace countersign::domain
