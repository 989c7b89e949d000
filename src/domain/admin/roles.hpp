#pragma once

#include <initializer_list>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace countersign::domain {

/// What an administrator is in one tenant. An owner may everything, an admin runs integrations, users and
/// settings, the helpdesk helps users, an auditor reads everything and changes nothing.
enum class Role { owner, admin, helpdesk, auditor };

/// One thing that an administrator or an API key may or may not do in a tenant.
enum class Permission {
    statistics_read,      // figures and charts
    integrations_read,    //
    integrations_write,   // create, change, disable, rotate or delete a secret
    integrations_delete,  //
    users_read,           //
    users_write,          // suspend, unlock, re-enrol, notes
    users_delete,         // with destruction of the key; also the export of all about one person
    users_export,         // lists as CSV
    transactions_read,    //
    transactions_export,  //
    audit_read,           //
    audit_export,         //
    settings_read,        //
    settings_write,       // branding, texts, retention, lockout
    mail_write,           // the mail server: whoever changes it reads the mails of everyone
    team_read,            //
    team_write,           // invite, change roles, remove
    api_keys_read,        //
    api_keys_write,       //
    tenants_create,       // create further tenants
};

constexpr int kPermissions = static_cast<int>(Permission::tenants_create) + 1;

/// A set of permissions, by value.
class PermissionSet {
public:
    constexpr PermissionSet() = default;
    constexpr PermissionSet(std::initializer_list<Permission> permissions) {
        for (const Permission permission : permissions)
            add(permission);
    }
    constexpr void add(Permission permission) { bits_ |= 1U << static_cast<unsigned>(permission); }
    constexpr void add(PermissionSet more) { bits_ |= more.bits_; }
    constexpr bool has(Permission permission) const {
        return (bits_ & (1U << static_cast<unsigned>(permission))) != 0;
    }
    constexpr bool operator==(const PermissionSet&) const = default;

private:
    unsigned bits_{0};
};
static_assert(kPermissions <= 32);

/// The table of who may what; there is no other. docs/api.md is made from it.
PermissionSet permissions_of(Role role);
bool allows(Role role, Permission permission);

/// "owner", "admin", "helpdesk", "auditor". Errors of parse_role: invalid_argument.
std::string_view to_string(Role role);
Result<Role> parse_role(std::string_view text);

/// "integrations_read" and so on, as `x-permission` of the API's description names it.
std::string_view to_string(Permission permission);

/// What an API key may be given. A key never reaches administrators, keys, tenants or the mail server.
enum class Scope {
    integrations_read,
    integrations_write,
    users_read,
    users_write,
    transactions_read,
    audit_read,
    settings_read,
    settings_write,
};

/// "integrations:read" and so on. Errors of parse_scope: invalid_argument.
std::string_view to_string(Scope scope);
Result<Scope> parse_scope(std::string_view text);
PermissionSet permissions_of(const std::vector<Scope>& scopes);

}  // namespace countersign::domain
