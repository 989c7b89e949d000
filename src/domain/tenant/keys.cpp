#include "domain/tenant/keys.hpp"

namespace countersign::domain {
namespace {

Bytes tenant_key_aad(const TenantId& tenant) {
    return crypto::row_aad({.purpose = "tenant-key",
                            .tenant = tenant.text(),
                            .table = "tenant",
                            .column = "wrapped_key",
                            .row_id = tenant.text()});
}

Bytes subject_key_aad(const TenantId& tenant, const SubjectId& subject) {
    return crypto::row_aad({.purpose = "subject-key",
                            .tenant = tenant.text(),
                            .table = "subject",
                            .column = "wrapped_key",
                            .row_id = subject.text()});
}

Bytes secret_aad(const TenantId& tenant, const SecretId& secret) {
    return crypto::row_aad({.purpose = "session-secret",
                            .tenant = tenant.text(),
                            .table = "integration_secret",
                            .column = "sealed",
                            .row_id = secret.text()});
}

Bytes totp_aad(const AdministratorId& administrator) {
    return crypto::row_aad({.purpose = "totp",
                            .tenant = "",
                            .table = "administrator",
                            .column = "totp_wrapped",
                            .row_id = administrator.text()});
}

Bytes mail_password_aad(const TenantId& tenant) {
    return crypto::row_aad({.purpose = "mail-password",
                            .tenant = tenant.text(),
                            .table = "mail_server",
                            .column = "password_sealed",
                            .row_id = tenant.text()});
}

/// The row includes the subject, although its key alone already separates subjects: defence in depth.
Bytes template_aad(const Subject& subject, const SampleId& sample) {
    const auto row = subject.id.text() + "/" + sample.text();
    return crypto::row_aad({.purpose = "template",
                            .tenant = subject.tenant.text(),
                            .table = "credential_sample",
                            .column = "sealed",
                            .row_id = row});
}

Bytes imprints_aad(const Subject& subject, const ChallengeId& challenge) {
    const auto row = subject.id.text() + "/" + challenge.text();
    return crypto::row_aad({.purpose = "imprints",
                            .tenant = subject.tenant.text(),
                            .table = "capture_imprint",
                            .column = "sealed",
                            .row_id = row});
}

}  // namespace

Result<Bytes> Keys::new_tenant_key(const TenantId& tenant) const {
    return ring_.wrap(aead_.new_key(), tenant_key_aad(tenant));
}

Result<SecretBytes> Keys::tenant_key(const Tenant& tenant) const {
    return ring_.unwrap(tenant.wrapped_key, tenant_key_aad(tenant.id));
}

Result<Bytes> Keys::rewrap_tenant_key(const Tenant& tenant) const {
    return ring_.rewrap(tenant.wrapped_key, tenant_key_aad(tenant.id));
}

bool Keys::is_current(const Tenant& tenant) const {
    const auto id = crypto::KeyRing::key_id_of(tenant.wrapped_key);
    return id && *id == ring_.current_key_id();
}

Result<Bytes> Keys::wrap_totp(const AdministratorId& administrator, const SecretBytes& secret) const {
    return ring_.wrap(secret, totp_aad(administrator));
}

Result<SecretBytes> Keys::unwrap_totp(const AdministratorId& administrator, ByteView wrapped) const {
    return ring_.unwrap(wrapped, totp_aad(administrator));
}

Result<std::optional<Bytes>> Keys::rewrap_totp(const AdministratorId& administrator, ByteView wrapped) const {
    const auto id = CS_TRY(crypto::KeyRing::key_id_of(wrapped));
    if (id == ring_.current_key_id()) return std::optional<Bytes>{};
    auto rewrapped = CS_TRY(ring_.rewrap(wrapped, totp_aad(administrator)));
    return std::optional(std::move(rewrapped));
}

Result<Bytes> Keys::seal_mail_password(const Tenant& tenant, std::string_view password) const {
    const auto key = CS_TRY(tenant_key(tenant));
    return aead_.seal(key, as_bytes(password), mail_password_aad(tenant.id));
}

Result<SecretBytes> Keys::open_mail_password(const Tenant& tenant, ByteView sealed) const {
    const auto key = CS_TRY(tenant_key(tenant));
    return aead_.open(key, sealed, mail_password_aad(tenant.id));
}

Result<Bytes> Keys::new_subject_key(const Tenant& tenant, const SubjectId& subject) const {
    auto key = CS_TRY(tenant_key(tenant));
    const auto subject_key = aead_.new_key();
    return aead_.seal(key, subject_key.view(), subject_key_aad(tenant.id, subject));
}

Result<SecretBytes> Keys::subject_key(const Tenant& tenant, const Subject& subject) const {
    auto key = CS_TRY(tenant_key(tenant));
    return aead_.open(key, subject.wrapped_key, subject_key_aad(tenant.id, subject.id));
}

Result<Bytes> Keys::seal_session_secret(const Tenant& tenant, const SecretId& id,
                                        std::string_view secret) const {
    auto key = CS_TRY(tenant_key(tenant));
    return aead_.seal(key, as_bytes(secret), secret_aad(tenant.id, id));
}

Result<SecretBytes> Keys::open_session_secret(const Tenant& tenant, const IntegrationSecret& secret) const {
    auto key = CS_TRY(tenant_key(tenant));
    return aead_.open(key, secret.sealed, secret_aad(tenant.id, secret.id));
}

Result<Bytes> Keys::seal_template(const SecretBytes& subject_key, const Subject& subject,
                                  const SampleId& sample, ByteView data) const {
    return aead_.seal(subject_key, data, template_aad(subject, sample));
}

Result<SecretBytes> Keys::open_template(const SecretBytes& subject_key, const Subject& subject,
                                        const SampleId& sample, ByteView sealed) const {
    return aead_.open(subject_key, sealed, template_aad(subject, sample));
}

Result<Bytes> Keys::seal_imprints(const SecretBytes& subject_key, const Subject& subject,
                                  const ChallengeId& challenge, ByteView packed) const {
    return aead_.seal(subject_key, packed, imprints_aad(subject, challenge));
}

Result<SecretBytes> Keys::open_imprints(const SecretBytes& subject_key, const Subject& subject,
                                        const ChallengeId& challenge, ByteView sealed) const {
    return aead_.open(subject_key, sealed, imprints_aad(subject, challenge));
}

}  // namespace countersign::domain
