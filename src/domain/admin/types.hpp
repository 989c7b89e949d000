#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "crypto/webauthn.hpp"
#include "domain/admin/roles.hpp"

namespace countersign {

struct AdministratorTag {
    static constexpr std::string_view kPrefix = "adm";
};
struct AdminSessionTag {
    static constexpr std::string_view kPrefix = "ses";
};
struct InvitationTag {
    static constexpr std::string_view kPrefix = "inv";
};
struct ApiKeyTag {
    static constexpr std::string_view kPrefix = "key";
};
struct PasskeyTag {
    static constexpr std::string_view kPrefix = "psk";
};

using AdministratorId = Id<AdministratorTag>;
using AdminSessionId = Id<AdminSessionTag>;
using InvitationId = Id<InvitationTag>;
using ApiKeyId = Id<ApiKeyTag>;
using PasskeyId = Id<PasskeyTag>;

}  // namespace countersign

namespace countersign::domain {

/// Who acts, in which tenant, and what he may: the outcome of a session cookie or an API key.
///
/// The tenant comes from the session or the key, never from the request.
struct AdminActor {
    TenantId tenant;
    std::string actor;  // of the audit trail: "adm_…" or "key_…"
    PermissionSet permissions;
    /// The password or a second factor was given within the last five minutes; true for an API key, which is
    /// presented with every call.
    bool recently_authenticated{false};

    bool may(Permission permission) const { return permissions.has(permission); }
};

/// A person who runs the installation. Belongs to no tenant; a Membership gives a role in one.
struct Administrator {
    AdministratorId id;
    std::string email;  // lower case, unique
    std::string name;
    std::string password_hash;          // argon2id, with its parameters
    std::optional<Bytes> totp_wrapped;  // the TOTP secret, wrapped by the key ring for this row
    std::optional<Bytes> totp_pending;  // a new one that no code has confirmed yet
    std::int64_t totp_last_step{0};     // newest time step used: an older or equal code is a replay
    UnixMicros created_at;
    UnixMicros password_changed_at;
    std::optional<UnixMicros> last_sign_in_at;
};

struct Membership {
    TenantId tenant;
    AdministratorId administrator;
    Role role{Role::auditor};
    UnixMicros created_at;
};

/// How far a sign-in has come.
enum class SessionState {
    password_ok,          // the second factor is missing
    enrol_second_factor,  // there is none yet: it must be set up before anything else
    active,
};

std::string_view to_string(SessionState state);
Result<SessionState> parse_session_state(std::string_view text);

/// One sign-in of one browser. The token is in the cookie, only its SHA-256 here.
struct AdminSession {
    AdminSessionId id;
    AdministratorId administrator;
    std::optional<TenantId> tenant;  // the one acted in; none when the administrator belongs to none
    std::string token_hash;
    SessionState state{SessionState::password_ok};
    std::string address;
    std::string browser;
    UnixMicros created_at;
    UnixMicros last_seen_at;
    UnixMicros expires_at;
    UnixMicros authenticated_at;  // when password and second factor were last proved together
};

/// A passkey of an administrator, beside the codes of the authenticator.
struct Passkey {
    PasskeyId id;
    AdministratorId administrator;
    std::string name;
    crypto::PasskeyKey key;
    UnixMicros created_at;
    std::optional<UnixMicros> last_used_at;
};

/// What a challenge was given out for.
enum class PasskeyUse { registration, proof };

std::string_view to_string(PasskeyUse use);

/// An offer to become a member. Gone once accepted or revoked.
struct Invitation {
    TenantId tenant;
    InvitationId id;
    std::string email;  // lower case; one open invitation per address and tenant
    Role role{Role::auditor};
    std::string token_hash;
    AdministratorId invited_by;
    UnixMicros created_at;
    UnixMicros expires_at;
};

struct ApiKey {
    TenantId tenant;
    ApiKeyId id;
    std::string name;
    std::string hint;  // its first characters, for people
    std::string token_hash;
    std::vector<Scope> scopes;
    std::string created_by;
    UnixMicros created_at;
    std::optional<UnixMicros> expires_at;
    std::optional<UnixMicros> last_used_at;
};

enum class MailSecurity { tls, starttls, none };

std::string_view to_string(MailSecurity security);
Result<MailSecurity> parse_mail_security(std::string_view text);

/// A tenant's own mail server.
struct MailServer {
    TenantId tenant;
    std::string host;
    std::int64_t port{587};
    MailSecurity security{MailSecurity::starttls};
    std::string username;                  // empty: no sign-in
    std::optional<Bytes> password_sealed;  // with the tenant's key, for this row
    std::string sender;
    UnixMicros updated_at;
};

}  // namespace countersign::domain
