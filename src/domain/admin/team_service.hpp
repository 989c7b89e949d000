#pragma once

#include "crypto/password.hpp"
#include "domain/admin/mail_service.hpp"
#include "domain/admin/session_view.hpp"

namespace countersign::domain {

struct NewInvitation {
    Invitation invitation;
    bool mailed{false};
    std::optional<std::string> link;  // only when it could not be mailed
};

struct InvitationPreview {
    std::string email;
    std::string organisation;
    Role role{Role::auditor};
    std::string invited_by;  // a name
    bool has_account{false};
};

/// The administrators of a tenant: members, roles, invitations; and further tenants.
///
/// The tenant is always that of `actor`. A tenant keeps at least one owner: the statement that changes the
/// row refuses otherwise. A new role and a removal take effect at the member's next request.
///
/// Errors:  not_found (no member of this tenant), conflict (the last owner, a member already, the name
/// exists),
///          gone (invitation used, revoked or over), unauthenticated (the password of an existing account
///          does not hold), rate_limited, invalid_argument, unavailable.
/// Threads: safe; blocks on the store, on password hashing and on the mail server; request lane only.
class TeamService {
public:
    TeamService(UnitOfWork& work, const crypto::PasswordHasher& hasher, const Keys& keys, MailService& mail,
                const Clock& clock, Random& random)
        : work_(work), hasher_(hasher), keys_(keys), mail_(mail), clock_(clock), random_(random) {}

    Result<std::vector<Member>> members(const TenantId& tenant);
    Result<Member> change_role(const AdminActor& actor, const AdministratorId& id, Role role);
    Result<void> remove(const AdminActor& actor, const AdministratorId& id);

    /// Replaces an open invitation of the same address. Works for seven days.
    Result<NewInvitation> invite(const AdminActor& actor, std::string_view email, Role role,
                                 std::string_view link_base);
    Result<std::vector<Invitation>> invitations(const TenantId& tenant);
    Result<void> revoke(const AdminActor& actor, const InvitationId& id);
    Result<InvitationPreview> look_up(std::string_view token);
    /// Makes the account with this name and password, or, when the address has one, asks for its password.
    Result<SignedIn> accept(std::string_view token, std::string_view name, std::string_view password,
                            const SignInOrigin& origin);

    Result<TenantMembership> create_tenant(const AdminActor& actor, std::string_view name);
    Result<TenantMembership> rename_tenant(const AdminActor& actor, std::string_view name);

private:
    struct Offer {
        Invitation invitation;
        std::optional<Administrator> account;
    };
    Result<Offer> offer_of(Repositories& repositories, std::string_view token);
    Result<Administrator> join(Repositories& repositories, const Offer& offer, std::string_view name,
                               const std::string& new_hash);
    Result<std::string> prove_or_hash(const Offer& offer, std::string_view name, std::string_view password,
                                      const SignInOrigin& origin);

    UnitOfWork& work_;
    const crypto::PasswordHasher& hasher_;
    const Keys& keys_;
    MailService& mail_;
    const Clock& clock_;
    Random& random_;
};

}  // namespace countersign::domain
