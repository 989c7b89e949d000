#include "domain/admin/roles.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace countersign::domain {
namespace {

TEST(Roles, OnlyAnOwnerReachesAdministratorsKeysTenantsMailAndDeletion) {
    for (const Permission permission :
         {Permission::team_write, Permission::api_keys_write, Permission::tenants_create,
          Permission::mail_write, Permission::integrations_delete}) {
        EXPECT_TRUE(allows(Role::owner, permission)) << to_string(permission);
        for (const Role role : {Role::admin, Role::helpdesk, Role::auditor})
            EXPECT_FALSE(allows(role, permission)) << to_string(role) << ' ' << to_string(permission);
    }
}

TEST(Roles, AnAuditorReadsEverythingAndChangesNothing) {
    for (int i = 0; i < kPermissions; ++i) {
        const auto permission = static_cast<Permission>(i);
        const std::string_view name = to_string(permission);
        const bool reads = name.ends_with("_read") || name.ends_with("_export");
        EXPECT_EQ(allows(Role::auditor, permission), reads) << name;
    }
}

TEST(Roles, TheHelpdeskHelpsUsersAndSeesNeitherAuditNorSettings) {
    EXPECT_EQ(
        permissions_of(Role::helpdesk),
        (PermissionSet{Permission::statistics_read, Permission::integrations_read, Permission::users_read,
                       Permission::users_write, Permission::transactions_read}));
}

TEST(Roles, NamesAreReadBack) {
    for (const Role role : {Role::owner, Role::admin, Role::helpdesk, Role::auditor})
        EXPECT_EQ(parse_role(to_string(role)).value(), role);
    EXPECT_FALSE(parse_role("Owner").has_value());
    EXPECT_FALSE(parse_role("").has_value());
    std::set<std::string_view> names;
    for (int i = 0; i < kPermissions; ++i)
        EXPECT_TRUE(names.insert(to_string(static_cast<Permission>(i))).second);
}

TEST(Scopes, NoScopeReachesAdministratorsKeysTenantsOrMail) {
    std::vector<Scope> all;
    for (const char* name : {"integrations:read", "integrations:write", "users:read", "users:write",
                             "transactions:read", "audit:read", "settings:read", "settings:write"})
        all.push_back(parse_scope(name).value());
    const PermissionSet reached = permissions_of(all);
    for (const Permission permission :
         {Permission::team_read, Permission::team_write, Permission::api_keys_read,
          Permission::api_keys_write, Permission::tenants_create, Permission::mail_write})
        EXPECT_FALSE(reached.has(permission)) << to_string(permission);
    EXPECT_FALSE(parse_scope("administrators:write").has_value());
}

TEST(Scopes, AKeyThatReadsDoesNotWrite) {
    const PermissionSet reads = permissions_of({Scope::users_read});
    EXPECT_TRUE(reads.has(Permission::users_read));
    EXPECT_FALSE(reads.has(Permission::users_write));
    EXPECT_FALSE(reads.has(Permission::integrations_read));
}

}  // namespace
}  // namespace countersign::domain
