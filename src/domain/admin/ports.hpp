#pragma once

#include "domain/admin/types.hpp"

namespace countersign::domain {

/// An administrator as colleagues may see him: hash, secrets and steps are left empty.
struct Member {
    Administrator administrator;
    Role role{Role::auditor};
    bool totp_enabled{false};
};

/// Rows of `administrator`, `membership`, `recovery_code` and `first_owner`.
///
/// Errors: not_found, conflict (a unique value exists, a compare-and-set lost), already_used (a code),
///         unavailable.
class AdministratorRepository {
public:
    virtual ~AdministratorRepository() = default;

    /// Conflict when there ever was a first owner: of two parallel calls one wins.
    virtual Result<void> claim_first_owner(const AdministratorId& id) = 0;
    virtual Result<bool> has_first_owner() = 0;

    virtual Result<void> insert(const Administrator& administrator) = 0;
    virtual Result<Administrator> find(const AdministratorId& id) = 0;
    virtual Result<std::optional<Administrator>> find_by_email(std::string_view email) = 0;
    virtual Result<std::vector<Administrator>> list() = 0;
    virtual Result<void> rename(const AdministratorId& id, std::string_view name) = 0;
    virtual Result<void> set_password(const AdministratorId& id, std::string_view hash, UnixMicros now) = 0;
    virtual Result<void> set_pending_totp(const AdministratorId& id, ByteView wrapped) = 0;
    /// The pending secret becomes the secret, `step` its newest used one. Conflict when there is no pending
    /// one.
    virtual Result<void> confirm_totp(const AdministratorId& id, ByteView wrapped, std::int64_t step) = 0;
    virtual Result<void> clear_totp(const AdministratorId& id) = 0;
    virtual Result<void> replace_totp(const AdministratorId& id, ByteView expected, ByteView replacement) = 0;
    /// already_used unless `step` is newer than every step used before.
    virtual Result<void> use_totp_step(const AdministratorId& id, std::int64_t step) = 0;
    virtual Result<void> signed_in(const AdministratorId& id, UnixMicros now) = 0;

    virtual Result<void> replace_recovery_codes(const AdministratorId& id,
                                                const std::vector<std::string>& hashes) = 0;
    /// not_found when there is none: never issued, or used before.
    virtual Result<void> use_recovery_code(const AdministratorId& id, std::string_view hash) = 0;
    virtual Result<std::int64_t> recovery_codes_left(const AdministratorId& id) = 0;

    virtual Result<void> add_membership(const Membership& membership) = 0;
    virtual Result<std::optional<Membership>> membership(const TenantId& tenant,
                                                         const AdministratorId& id) = 0;
    /// In the order in which they began.
    virtual Result<std::vector<Membership>> memberships(const AdministratorId& id) = 0;
    virtual Result<std::vector<Member>> members(const TenantId& tenant) = 0;
    /// Both: conflict when the tenant would have no owner afterwards; not_found when it is no member.
    virtual Result<void> set_role(const TenantId& tenant, const AdministratorId& id, Role role) = 0;
    virtual Result<void> remove_membership(const TenantId& tenant, const AdministratorId& id) = 0;
};

/// Rows of `admin_session`, `sign_in_throttle` and `password_reset`. Errors: not_found, unavailable.
class AdminSessionRepository {
public:
    virtual ~AdminSessionRepository() = default;
    virtual Result<void> insert(const AdminSession& session) = 0;
    virtual Result<std::optional<AdminSession>> find(std::string_view token_hash) = 0;
    virtual Result<std::vector<AdminSession>> of(const AdministratorId& administrator) = 0;
    /// Everything that changes in a session's life: token, tenant, state and times.
    virtual Result<void> update(const AdminSession& session) = 0;
    virtual Result<void> remove(const AdministratorId& administrator, const AdminSessionId& id) = 0;
    /// All sessions, but for `keep` when given.
    virtual Result<void> remove_all(const AdministratorId& administrator,
                                    const std::optional<AdminSessionId>& keep) = 0;
    /// Sessions that act in `tenant` act in none from now on.
    virtual Result<void> leave_tenant(const AdministratorId& administrator, const TenantId& tenant) = 0;

    /// Counts one try and answers how many there were since the last quiet `window`. Beyond `most` the time
    /// of the last try no longer moves, so that a lock ends.
    virtual Result<std::int64_t> charge(std::string_view kind, std::string_view subject, std::int64_t most,
                                        Micros window, UnixMicros now) = 0;
    virtual Result<void> clear_charges(std::string_view kind, std::string_view subject) = 0;

    virtual Result<void> insert_reset(std::string_view token_hash, const AdministratorId& id,
                                      UnixMicros expires_at) = 0;
    /// Whose reset it is while it can be used.
    virtual Result<std::optional<AdministratorId>> find_reset(std::string_view token_hash,
                                                              UnixMicros now) = 0;
    virtual Result<void> remove_resets(const AdministratorId& id) = 0;

    /// Deletes what ended before `now`: sessions, resets, counts older than a day.
    virtual Result<void> purge(UnixMicros now) = 0;
};

/// Rows of `invitation`, `api_key`, `idempotent_request` and `mail_server`.
/// Errors: not_found, conflict (a unique value exists), unavailable.
class InvitationRepository {
public:
    virtual ~InvitationRepository() = default;
    virtual Result<void> insert(const Invitation& invitation) = 0;
    virtual Result<std::optional<Invitation>> find_by_token(std::string_view token_hash) = 0;
    virtual Result<std::vector<Invitation>> list(const TenantId& tenant, UnixMicros now) = 0;
    virtual Result<void> remove(const TenantId& tenant, const InvitationId& id) = 0;
    virtual Result<void> remove_for(const TenantId& tenant, std::string_view email) = 0;
    virtual Result<void> purge(UnixMicros now) = 0;
};

class ApiKeyRepository {
public:
    virtual ~ApiKeyRepository() = default;
    virtual Result<void> insert(const ApiKey& key) = 0;
    virtual Result<std::optional<ApiKey>> find_by_token(std::string_view token_hash) = 0;
    virtual Result<std::vector<ApiKey>> list(const TenantId& tenant) = 0;
    virtual Result<void> used(const TenantId& tenant, const ApiKeyId& id, UnixMicros now) = 0;
    virtual Result<void> remove(const TenantId& tenant, const ApiKeyId& id) = 0;
};

/// A creation that was asked for under a key of the caller's.
struct IdempotentRequest {
    TenantId tenant;
    std::string actor;
    std::string key;
    std::string request_hash;            // of method, path and body
    std::optional<std::int64_t> status;  // none: under way
    std::optional<std::string> body;     // none with a status: it held a secret and is not repeated
    UnixMicros created_at;
};

class IdempotencyRepository {
public:
    virtual ~IdempotencyRepository() = default;
    /// Stores the request, or yields the one that has the key already.
    virtual Result<std::optional<IdempotentRequest>> claim(const IdempotentRequest& request) = 0;
    virtual Result<void> finish(const IdempotentRequest& request) = 0;
    virtual Result<void> release(const IdempotentRequest& request) = 0;
    virtual Result<void> purge(UnixMicros before) = 0;
};

class MailServerRepository {
public:
    virtual ~MailServerRepository() = default;
    virtual Result<std::optional<MailServer>> find(const TenantId& tenant) = 0;
    virtual Result<void> put(const MailServer& server) = 0;
};

/// Rows of `passkey` and `passkey_challenge`.
/// Errors: not_found, conflict (the credential is registered), already_used (a count), unavailable.
class PasskeyRepository {
public:
    virtual ~PasskeyRepository() = default;
    virtual Result<void> insert(const Passkey& passkey) = 0;
    /// Oldest first.
    virtual Result<std::vector<Passkey>> of(const AdministratorId& administrator) = 0;
    virtual Result<void> rename(const AdministratorId& administrator, const PasskeyId& id,
                                std::string_view name) = 0;
    virtual Result<void> remove(const AdministratorId& administrator, const PasskeyId& id) = 0;
    virtual Result<void> remove_all(const AdministratorId& administrator) = 0;
    /// already_used unless `count` is newer than the stored one, or both are 0: then nothing is counted.
    virtual Result<void> used(const PasskeyId& id, std::uint32_t count, UnixMicros now) = 0;

    /// One challenge per session: a newer one ends the one before.
    virtual Result<void> put_challenge(const AdminSessionId& session, PasskeyUse use, ByteView challenge,
                                       UnixMicros expires_at) = 0;
    /// Takes the session's challenge away, whatever it was for; yields it when it was for `use` and lives.
    virtual Result<std::optional<Bytes>> take_challenge(const AdminSessionId& session, PasskeyUse use,
                                                        UnixMicros now) = 0;
};

/// What the portal's accounts need of a transaction.
class AdminRepositories {
public:
    virtual ~AdminRepositories() = default;
    virtual AdministratorRepository& administrators() = 0;
    virtual AdminSessionRepository& sessions() = 0;
    virtual InvitationRepository& invitations() = 0;
    virtual ApiKeyRepository& api_keys() = 0;
    virtual IdempotencyRepository& idempotency() = 0;
    virtual MailServerRepository& mail_servers() = 0;
    virtual PasskeyRepository& passkeys() = 0;
};

}  // namespace countersign::domain
