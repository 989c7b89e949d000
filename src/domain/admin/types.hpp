#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/id.hpp"
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

using AdministratorId = Id<AdministratorTag>;
using AdminSessionId = Id<AdminSessionTag>;
using InvitationId = Id<InvitationTag>;
using ApiKeyId = Id<ApiKeyTag>;

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

}  // namespace countersign::domain
