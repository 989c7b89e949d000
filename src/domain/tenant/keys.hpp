#pragma once

#include <optional>
#include <span>

#include "crypto/key_ring.hpp"
#include "domain/admin/types.hpp"
#include "domain/integration/types.hpp"
#include "domain/subject/types.hpp"
#include "domain/tenant/types.hpp"

namespace countersign::domain {

/// The key hierarchy: master key (outside the database) → tenant key → subject key → template.
///
/// Every wrapped or sealed value is bound to its row: moved to another row, tenant or column it does not
/// open.
///
/// Errors:  internal (bytes or row wrong: never a match), unavailable (the master key is not in the ring).
/// Threads: safe. Requirements S6, S10, S15; threats T4, T18, T19.
class Keys {
public:
    Keys(const crypto::KeyRing& ring, Random& random) : ring_(ring), aead_(random) {}

    Result<Bytes> new_tenant_key(const TenantId& tenant) const;
    Result<SecretBytes> tenant_key(const Tenant& tenant) const;
    /// The same data key under the current master key.
    Result<Bytes> rewrap_tenant_key(const Tenant& tenant) const;
    bool is_current(const Tenant& tenant) const;

    /// An administrator belongs to no tenant: the second factor's secret hangs on the master key itself.
    Result<Bytes> wrap_totp(const AdministratorId& administrator, const SecretBytes& secret) const;
    Result<SecretBytes> unwrap_totp(const AdministratorId& administrator, ByteView wrapped) const;
    /// nullopt when the current master key wraps it already.
    Result<std::optional<Bytes>> rewrap_totp(const AdministratorId& administrator, ByteView wrapped) const;

    Result<Bytes> seal_mail_password(const Tenant& tenant, std::string_view password) const;
    Result<SecretBytes> open_mail_password(const Tenant& tenant, ByteView sealed) const;

    Result<Bytes> new_subject_key(const Tenant& tenant, const SubjectId& subject) const;
    Result<SecretBytes> subject_key(const Tenant& tenant, const Subject& subject) const;

    Result<Bytes> seal_session_secret(const Tenant& tenant, const SecretId& id,
                                      std::string_view secret) const;
    /// The bytes that sign: the UTF-8 of the secret's text.
    Result<SecretBytes> open_session_secret(const Tenant& tenant, const IntegrationSecret& secret) const;

    Result<Bytes> seal_template(const SecretBytes& subject_key, const Subject& subject,
                                const SampleId& sample, ByteView data) const;
    Result<SecretBytes> open_template(const SecretBytes& subject_key, const Subject& subject,
                                      const SampleId& sample, ByteView sealed) const;

    Result<Bytes> seal_imprints(const SecretBytes& subject_key, const Subject& subject,
                                const ChallengeId& challenge, ByteView packed) const;
    Result<SecretBytes> open_imprints(const SecretBytes& subject_key, const Subject& subject,
                                      const ChallengeId& challenge, ByteView sealed) const;

private:
    const crypto::KeyRing& ring_;
    crypto::Aead aead_;
};

}  // namespace countersign::domain
