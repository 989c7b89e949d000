// TeamService: invitations, from sending to joining.
#include "domain/admin/password_policy.hpp"
#include "domain/admin/team_service.hpp"
#include "domain/admin/throttle.hpp"
#include "domain/audit/trail.hpp"

namespace countersign::domain {
namespace {

constexpr Micros kInvitationLife = days(7);

Mail invitation_mail(const Invitation& invitation, std::string_view organisation, std::string_view link) {
    return {
        invitation.email, fmt::format("You are invited to run {} in Countersign", organisation),
        fmt::format("Hello,\n\nyou are invited to join {} as {}. Within seven days this link works, once:\n\n"
                    "{}\n\nIf you do not expect it, do nothing.\n",
                    organisation, to_string(invitation.role), link)};
}

}  // namespace

Result<NewInvitation> TeamService::invite(const AdminActor& actor, std::string_view email, Role role,
                                          std::string_view link_base) {
    const std::string normal = CS_TRY(normal_email(email));
    const auto inviter = CS_TRY(AdministratorId::parse(actor.actor));
    const std::string token = random_.token(32);
    struct Made {
        Invitation invitation;
        std::string organisation;
    };
    auto made_outcome = in_transaction(work_, Access::write, [&](Repositories& r) -> Result<Made> {
        const auto now = clock_.now();
        const auto account = CS_TRY(r.admin().administrators().find_by_email(normal));
        if (account) {
            const auto member = CS_TRY(r.admin().administrators().membership(actor.tenant, account->id));
            if (member) return fail_field(ErrorCode::conflict, "email", "This person is a member already.");
        }
        CS_TRY(r.admin().invitations().remove_for(actor.tenant, normal));
        const Invitation invitation{actor.tenant,
                                    InvitationId::make(now, random_),
                                    normal,
                                    role,
                                    session_token_hash(token),
                                    inviter,
                                    now,
                                    now + kInvitationLife};
        CS_TRY(r.admin().invitations().insert(invitation));
        const AuditEntry entry{actor.tenant,
                               actor.actor,
                               "invitation.created",
                               invitation.id.text(),
                               {{"role", std::string(to_string(role))}}};
        CS_TRY(append_audit(r, entry, now, random_));
        auto tenant = CS_TRY(r.tenants().find(actor.tenant));
        return Made{invitation, std::move(tenant.name)};
    });
    const auto made = CS_TRY(std::move(made_outcome));
    const std::string link = fmt::format("{}{}", link_base, token);
    const auto sent = mail_.send(actor.tenant, invitation_mail(made.invitation, made.organisation, link));
    return NewInvitation{made.invitation, sent.has_value(), sent ? std::nullopt : std::optional(link)};
}

Result<std::vector<Invitation>> TeamService::invitations(const TenantId& tenant) {
    return in_transaction(work_, Access::read, [&](Repositories& r) {
        return r.admin().invitations().list(tenant, clock_.now());
    });
}

Result<void> TeamService::revoke(const AdminActor& actor, const InvitationId& id) {
    return in_transaction(work_, Access::write, [&](Repositories& r) -> Result<void> {
        CS_TRY(r.admin().invitations().remove(actor.tenant, id));
        const AuditEntry entry{actor.tenant, actor.actor, "invitation.revoked", id.text(), {}};
        return append_audit(r, entry, clock_.now(), random_);
    });
}

Result<TeamService::Offer> TeamService::offer_of(Repositories& repositories, std::string_view token) {
    auto invitation = CS_TRY(repositories.admin().invitations().find_by_token(session_token_hash(token)));
    if (!invitation || invitation->expires_at <= clock_.now())
        return fail(ErrorCode::gone, "the invitation was used, revoked or is over");
    Offer offer;
    offer.account = CS_TRY(repositories.admin().administrators().find_by_email(invitation->email));
    offer.invitation = *std::move(invitation);
    return offer;
}

Result<InvitationPreview> TeamService::look_up(std::string_view token) {
    return in_transaction(work_, Access::read, [&](Repositories& r) -> Result<InvitationPreview> {
        const auto offer = CS_TRY(offer_of(r, token));
        auto tenant = CS_TRY(r.tenants().find(offer.invitation.tenant));
        auto inviter = CS_TRY(r.admin().administrators().find(offer.invitation.invited_by));
        return InvitationPreview{offer.invitation.email, std::move(tenant.name), offer.invitation.role,
                                 std::move(inviter.name), offer.account.has_value()};
    });
}

/// The hash of the new account's password; for an existing account proof of its password, and no new hash.
Result<std::string> TeamService::prove_or_hash(const Offer& offer, std::string_view name,
                                               std::string_view password, const SignInOrigin& origin) {
    if (!offer.account) {
        if (name.empty()) return fail_field(ErrorCode::invalid_argument, "name", "This is required.");
        CS_TRY(check_new_password(password, {offer.invitation.email, name}));
        return hasher_.hash(password);
    }
    auto allowed_outcome = in_transaction(work_, Access::write, [&](Repositories& r) -> Result<bool> {
        const bool account = CS_TRY(may_try(r, TryKind::account, offer.account->email, clock_.now()));
        const bool address = CS_TRY(may_try(r, TryKind::address, origin.address, clock_.now()));
        return account && address;
    });
    const bool allowed = CS_TRY(std::move(allowed_outcome));
    if (!allowed) return fail(ErrorCode::rate_limited, "too many tries");
    const bool holds = CS_TRY(hasher_.verify(offer.account->password_hash, password));
    if (!holds) return fail(ErrorCode::unauthenticated, "wrong password of the existing account");
    return std::string();
}

Result<Administrator> TeamService::join(Repositories& repositories, const Offer& offer, std::string_view name,
                                        const std::string& new_hash) {
    const auto now = clock_.now();
    Administrator administrator;
    if (offer.account) {
        administrator = *offer.account;
        CS_TRY(forget_tries(repositories, TryKind::account, administrator.email));
    } else {
        administrator.id = AdministratorId::make(now, random_);
        administrator.email = offer.invitation.email;
        administrator.name = std::string(name);
        administrator.password_hash = new_hash;
        administrator.created_at = now;
        administrator.password_changed_at = now;
        CS_TRY(repositories.admin().administrators().insert(administrator));
    }
    const Invitation& invitation = offer.invitation;
    CS_TRY(repositories.admin().invitations().remove(invitation.tenant, invitation.id));
    CS_TRY(repositories.admin().administrators().add_membership(
        {invitation.tenant, administrator.id, invitation.role, now}));
    const AuditEntry entry{
        invitation.tenant,
        administrator.id.text(),
        "administrator.joined",
        administrator.id.text(),
        {{"role", std::string(to_string(invitation.role))}, {"invited_by", invitation.invited_by.text()}}};
    CS_TRY(append_audit(repositories, entry, now, random_));
    return administrator;
}

Result<SignedIn> TeamService::accept(std::string_view token, std::string_view name, std::string_view password,
                                     const SignInOrigin& origin) {
    const auto seen =
        CS_TRY(in_transaction(work_, Access::read, [&](Repositories& r) { return offer_of(r, token); }));
    const std::string new_hash = CS_TRY(prove_or_hash(seen, name, password, origin));
    return in_transaction(work_, Access::write, [&](Repositories& r) -> Result<SignedIn> {
        const auto offer = CS_TRY(offer_of(r, token));
        const bool same = offer.account.has_value() == seen.account.has_value() &&
                          (!offer.account || offer.account->password_hash == seen.account->password_hash);
        if (!same) return fail(ErrorCode::conflict, "the account changed in the meantime");
        const auto administrator = CS_TRY(join(r, offer, name, new_hash));
        auto signed_in = CS_TRY(open_session(r, administrator, origin, clock_.now(), random_));
        signed_in.view.session.tenant = offer.invitation.tenant;
        CS_TRY(r.admin().sessions().update(signed_in.view.session));
        return signed_in;
    });
}

}  // namespace countersign::domain
