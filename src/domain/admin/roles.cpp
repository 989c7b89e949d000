#include "domain/admin/roles.hpp"

#include <array>
#include <utility>

namespace countersign::domain {
namespace {

using enum Permission;

constexpr PermissionSet kHelpdesk{statistics_read, integrations_read, users_read, users_write,
                                  transactions_read};

constexpr PermissionSet kAuditor{statistics_read,   integrations_read,   users_read,   users_export,
                                 transactions_read, transactions_export, audit_read,   audit_export,
                                 settings_read,     team_read,           api_keys_read};

constexpr PermissionSet kAdmin{statistics_read,     integrations_read, integrations_write, users_read,
                               users_write,         users_delete,      users_export,       transactions_read,
                               transactions_export, audit_read,        audit_export,       settings_read,
                               settings_write,      team_read,         api_keys_read};

constexpr PermissionSet everything() {
    PermissionSet all;
    for (int i = 0; i < kPermissions; ++i)
        all.add(static_cast<Permission>(i));
    return all;
}

constexpr std::array<std::pair<Role, std::string_view>, 4> kRoles{{{Role::owner, "owner"},
                                                                   {Role::admin, "admin"},
                                                                   {Role::helpdesk, "helpdesk"},
                                                                   {Role::auditor, "auditor"}}};

constexpr std::array<std::string_view, kPermissions> kPermissionNames{
    "statistics_read",   "integrations_read",   "integrations_write", "integrations_delete",
    "users_read",        "users_write",         "users_delete",       "users_export",
    "transactions_read", "transactions_export", "audit_read",         "audit_export",
    "settings_read",     "settings_write",      "mail_write",         "team_read",
    "team_write",        "api_keys_read",       "api_keys_write",     "tenants_create"};

struct ScopeRow {
    Scope scope;
    std::string_view name;
    PermissionSet permissions;
};

/// A scope to write includes reading: who changes a thing sees the outcome.
constexpr std::array kScopes{
    ScopeRow{Scope::integrations_read, "integrations:read", {integrations_read}},
    ScopeRow{Scope::integrations_write,
             "integrations:write",
             {integrations_read, integrations_write, integrations_delete}},
    ScopeRow{Scope::users_read, "users:read", {users_read, users_export}},
    ScopeRow{Scope::users_write, "users:write", {users_read, users_export, users_write, users_delete}},
    ScopeRow{Scope::transactions_read,
             "transactions:read",
             {statistics_read, transactions_read, transactions_export}},
    ScopeRow{Scope::audit_read, "audit:read", {audit_read, audit_export}},
    ScopeRow{Scope::settings_read, "settings:read", {settings_read}},
    ScopeRow{Scope::settings_write, "settings:write", {settings_read, settings_write}},
};

}  // namespace

PermissionSet permissions_of(Role role) {
    switch (role) {
        case Role::owner:
            return everything();
        case Role::admin:
            return kAdmin;
        case Role::helpdesk:
            return kHelpdesk;
        case Role::auditor:
            return kAuditor;
    }
    return {};
}

bool allows(Role role, Permission permission) {
    return permissions_of(role).has(permission);
}

std::string_view to_string(Role role) {
    for (const auto& [value, name] : kRoles) {
        if (value == role) return name;
    }
    CS_CHECK(false && "a role without a name");
    return {};
}

Result<Role> parse_role(std::string_view text) {
    for (const auto& [value, name] : kRoles) {
        if (name == text) return value;
    }
    return fail(ErrorCode::invalid_argument, "not a role");
}

std::string_view to_string(Permission permission) {
    return kPermissionNames.at(static_cast<std::size_t>(permission));
}

std::string_view to_string(Scope scope) {
    for (const ScopeRow& row : kScopes) {
        if (row.scope == scope) return row.name;
    }
    CS_CHECK(false && "a scope without a name");
    return {};
}

Result<Scope> parse_scope(std::string_view text) {
    for (const ScopeRow& row : kScopes) {
        if (row.name == text) return row.scope;
    }
    return fail(ErrorCode::invalid_argument, "not a scope");
}

PermissionSet permissions_of(const std::vector<Scope>& scopes) {
    PermissionSet all;
    for (const ScopeRow& row : kScopes) {
        for (const Scope scope : scopes) {
            if (scope == row.scope) all.add(row.permissions);
        }
    }
    return all;
}

}  // namespace countersign::domain
