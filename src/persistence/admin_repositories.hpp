#pragma once

// The repositories of the portal's accounts, each over one SQL session. Private to the module.

#include "domain/admin/ports.hpp"
#include "store/database.hpp"

namespace countersign::persistence {

class SqlAdministratorRepository final : public domain::AdministratorRepository {
public:
    explicit SqlAdministratorRepository(store::Session& session) : session_(session) {}
    Result<void> claim_first_owner(const AdministratorId& id) override;
    Result<bool> has_first_owner() override;
    Result<void> insert(const domain::Administrator& administrator) override;
    Result<domain::Administrator> find(const AdministratorId& id) override;
    Result<std::optional<domain::Administrator>> find_by_email(std::string_view email) override;
    Result<std::vector<domain::Administrator>> list() override;
    Result<void> rename(const AdministratorId& id, std::string_view name) override;
    Result<void> set_password(const AdministratorId& id, std::string_view hash, UnixMicros now) override;
    Result<void> set_pending_totp(const AdministratorId& id, ByteView wrapped) override;
    Result<void> confirm_totp(const AdministratorId& id, ByteView wrapped, std::int64_t step) override;
    Result<void> clear_totp(const AdministratorId& id) override;
    Result<void> replace_totp(const AdministratorId& id, ByteView expected, ByteView replacement) override;
    Result<void> use_totp_step(const AdministratorId& id, std::int64_t step) override;
    Result<void> signed_in(const AdministratorId& id, UnixMicros now) override;
    Result<void> replace_recovery_codes(const AdministratorId& id,
                                        const std::vector<std::string>& hashes) override;
    Result<void> use_recovery_code(const AdministratorId& id, std::string_view hash) override;
    Result<std::int64_t> recovery_codes_left(const AdministratorId& id) override;
    Result<void> add_membership(const domain::Membership& membership) override;
    Result<std::optional<domain::Membership>> membership(const TenantId& tenant,
                                                         const AdministratorId& id) override;
    Result<std::vector<domain::Membership>> memberships(const AdministratorId& id) override;
    Result<std::vector<domain::Member>> members(const TenantId& tenant) override;
    Result<void> set_role(const TenantId& tenant, const AdministratorId& id, domain::Role role) override;
    Result<void> remove_membership(const TenantId& tenant, const AdministratorId& id) override;

private:
    Result<void> change_member(const store::Statement& statement, const TenantId& tenant,
                               const AdministratorId& id, const store::Values& values);
    store::Session& session_;
};

class SqlAdminSessionRepository final : public domain::AdminSessionRepository {
public:
    explicit SqlAdminSessionRepository(store::Session& session) : session_(session) {}
    Result<void> insert(const domain::AdminSession& session) override;
    Result<std::optional<domain::AdminSession>> find(std::string_view token_hash) override;
    Result<std::vector<domain::AdminSession>> of(const AdministratorId& administrator) override;
    Result<void> update(const domain::AdminSession& session) override;
    Result<void> remove(const AdministratorId& administrator, const AdminSessionId& id) override;
    Result<void> remove_all(const AdministratorId& administrator,
                            const std::optional<AdminSessionId>& keep) override;
    Result<void> leave_tenant(const AdministratorId& administrator, const TenantId& tenant) override;
    Result<std::int64_t> charge(std::string_view kind, std::string_view subject, std::int64_t most,
                                Micros window, UnixMicros now) override;
    Result<void> clear_charges(std::string_view kind, std::string_view subject) override;
    Result<void> insert_reset(std::string_view token_hash, const AdministratorId& id,
                              UnixMicros expires_at) override;
    Result<std::optional<AdministratorId>> find_reset(std::string_view token_hash, UnixMicros now) override;
    Result<void> remove_resets(const AdministratorId& id) override;
    Result<void> purge(UnixMicros now) override;

private:
    store::Session& session_;
};

class SqlInvitationRepository final : public domain::InvitationRepository {
public:
    explicit SqlInvitationRepository(store::Session& session) : session_(session) {}
    Result<void> insert(const domain::Invitation& invitation) override;
    Result<std::optional<domain::Invitation>> find_by_token(std::string_view token_hash) override;
    Result<std::vector<domain::Invitation>> list(const TenantId& tenant, UnixMicros now) override;
    Result<void> remove(const TenantId& tenant, const InvitationId& id) override;
    Result<void> remove_for(const TenantId& tenant, std::string_view email) override;
    Result<void> purge(UnixMicros now) override;

private:
    store::Session& session_;
};

class SqlApiKeyRepository final : public domain::ApiKeyRepository {
public:
    explicit SqlApiKeyRepository(store::Session& session) : session_(session) {}
    Result<void> insert(const domain::ApiKey& key) override;
    Result<std::optional<domain::ApiKey>> find_by_token(std::string_view token_hash) override;
    Result<std::vector<domain::ApiKey>> list(const TenantId& tenant) override;
    Result<void> used(const TenantId& tenant, const ApiKeyId& id, UnixMicros now) override;
    Result<void> remove(const TenantId& tenant, const ApiKeyId& id) override;

private:
    store::Session& session_;
};

class SqlIdempotencyRepository final : public domain::IdempotencyRepository {
public:
    explicit SqlIdempotencyRepository(store::Session& session) : session_(session) {}
    Result<std::optional<domain::IdempotentRequest>> claim(const domain::IdempotentRequest& request) override;
    Result<void> finish(const domain::IdempotentRequest& request) override;
    Result<void> release(const domain::IdempotentRequest& request) override;
    Result<void> purge(UnixMicros before) override;

private:
    store::Session& session_;
};

class SqlMailServerRepository final : public domain::MailServerRepository {
public:
    explicit SqlMailServerRepository(store::Session& session) : session_(session) {}
    Result<std::optional<domain::MailServer>> find(const TenantId& tenant) override;
    Result<void> put(const domain::MailServer& server) override;

private:
    store::Session& session_;
};

class SqlPasskeyRepository final : public domain::PasskeyRepository {
public:
    explicit SqlPasskeyRepository(store::Session& session) : session_(session) {}
    Result<void> insert(const domain::Passkey& passkey) override;
    Result<std::vector<domain::Passkey>> of(const AdministratorId& administrator) override;
    Result<void> rename(const AdministratorId& administrator, const PasskeyId& id,
                        std::string_view name) override;
    Result<void> remove(const AdministratorId& administrator, const PasskeyId& id) override;
    Result<void> remove_all(const AdministratorId& administrator) override;
    Result<void> used(const PasskeyId& id, std::uint32_t count, UnixMicros now) override;
    Result<void> put_challenge(const AdminSessionId& session, domain::PasskeyUse use, ByteView challenge,
                               UnixMicros expires_at) override;
    Result<std::optional<Bytes>> take_challenge(const AdminSessionId& session, domain::PasskeyUse use,
                                                UnixMicros now) override;

private:
    store::Session& session_;
};

class SqlAdminRepositories final : public domain::AdminRepositories {
public:
    explicit SqlAdminRepositories(store::Session& session)
        : administrators_(session),
          sessions_(session),
          invitations_(session),
          api_keys_(session),
          idempotency_(session),
          mail_servers_(session),
          passkeys_(session) {}
    domain::AdministratorRepository& administrators() override { return administrators_; }
    domain::AdminSessionRepository& sessions() override { return sessions_; }
    domain::InvitationRepository& invitations() override { return invitations_; }
    domain::ApiKeyRepository& api_keys() override { return api_keys_; }
    domain::IdempotencyRepository& idempotency() override { return idempotency_; }
    domain::MailServerRepository& mail_servers() override { return mail_servers_; }
    domain::PasskeyRepository& passkeys() override { return passkeys_; }

private:
    SqlAdministratorRepository administrators_;
    SqlAdminSessionRepository sessions_;
    SqlInvitationRepository invitations_;
    SqlApiKeyRepository api_keys_;
    SqlIdempotencyRepository idempotency_;
    SqlMailServerRepository mail_servers_;
    SqlPasskeyRepository passkeys_;
};

}  // namespace countersign::persistence
