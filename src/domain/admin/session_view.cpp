#include "domain/admin/session_view.hpp"

#include <algorithm>

#include "crypto/digest.hpp"
#include "domain/audit/trail.hpp"

namespace countersign::domain {

const TenantMembership* SessionView::current() const {
    if (!session.tenant) return nullptr;
    const auto found = std::ranges::find(memberships, *session.tenant, &TenantMembership::tenant);
    return found == memberships.end() ? nullptr : &*found;
}

std::optional<UnixMicros> SessionView::fresh_until(UnixMicros now) const {
    const UnixMicros until = session.authenticated_at + kFreshFor;
    if (session.state != SessionState::active || until <= now) return std::nullopt;
    return until;
}

std::string session_token_hash(std::string_view token) {
    return to_hex(crypto::sha256(as_bytes(token)));
}

Result<AdminSession> live_session(Repositories& repositories, std::string_view token, UnixMicros now) {
    auto found = CS_TRY(repositories.admin().sessions().find(session_token_hash(token)));
    if (!found) return fail(ErrorCode::unauthenticated, "no such session");
    if (found->expires_at <= now) return fail(ErrorCode::unauthenticated, "the session is over");
    if (found->last_seen_at + kSessionIdle <= now)
        return fail(ErrorCode::unauthenticated, "the session was idle for too long");
    return *std::move(found);
}

Result<std::vector<TenantMembership>> memberships_of(Repositories& repositories, const AdministratorId& id) {
    const auto memberships = CS_TRY(repositories.admin().administrators().memberships(id));
    std::vector<TenantMembership> all;
    for (const Membership& membership : memberships) {
        auto tenant = CS_TRY(repositories.tenants().find(membership.tenant));
        all.push_back({tenant.id, std::move(tenant.name), membership.role});
    }
    return all;
}

Result<SessionView> view_of(Repositories& repositories, AdminSession session) {
    SessionView view;
    view.administrator = CS_TRY(repositories.admin().administrators().find(session.administrator));
    view.memberships = CS_TRY(memberships_of(repositories, session.administrator));
    const auto passkeys = CS_TRY(repositories.admin().passkeys().of(session.administrator));
    view.has_passkey = !passkeys.empty();
    view.session = std::move(session);
    return view;
}

Result<SignedIn> open_session(Repositories& repositories, const Administrator& administrator,
                              const SignInOrigin& origin, UnixMicros now, Random& random) {
    const auto memberships = CS_TRY(repositories.admin().administrators().memberships(administrator.id));
    SignedIn signed_in;
    signed_in.token = random.token(32);
    AdminSession session;
    session.id = AdminSessionId::make(now, random);
    session.administrator = administrator.id;
    if (!memberships.empty()) session.tenant = memberships.front().tenant;
    session.token_hash = session_token_hash(signed_in.token);
    session.state =
        administrator.totp_wrapped ? SessionState::password_ok : SessionState::enrol_second_factor;
    session.address = origin.address;
    session.browser = origin.browser.substr(0, 200);
    session.created_at = now;
    session.last_seen_at = now;
    session.expires_at = now + kHalfSignedInLife;
    session.authenticated_at = now;
    CS_TRY(repositories.admin().sessions().insert(session));
    signed_in.view = CS_TRY(view_of(repositories, std::move(session)));
    return signed_in;
}

namespace {

/// `entry` for every tenant of the administrator; its own tenant is not read.
Result<void> audit_everywhere(Repositories& repositories, const AdministratorId& id, AuditEntry entry,
                              UnixMicros now, Random& random) {
    const auto memberships = CS_TRY(repositories.admin().administrators().memberships(id));
    for (const Membership& membership : memberships) {
        entry.tenant = membership.tenant;
        CS_TRY(append_audit(repositories, entry, now, random));
    }
    return {};
}

}  // namespace

Result<void> audit_for(Repositories& repositories, const AdministratorId& id, std::string_view kind,
                       UnixMicros now, Random& random, std::map<std::string, std::string> details) {
    return audit_everywhere(repositories, id,
                            {{}, id.text(), std::string(kind), id.text(), std::move(details)}, now, random);
}

Result<void> audit_about(Repositories& repositories, std::string_view actor, const AdministratorId& id,
                         std::string_view kind, UnixMicros now, Random& random) {
    return audit_everywhere(repositories, id, {{}, std::string(actor), std::string(kind), id.text(), {}}, now,
                            random);
}

Result<std::string> normal_email(std::string_view email) {
    const auto at = email.find('@');
    const bool printable = std::ranges::all_of(email, [](char c) { return c > ' ' && c < 0x7F; });
    const bool plain = email.find_first_of("<>()[],;:\\\"") == std::string_view::npos;
    const bool shaped = at != std::string_view::npos && at > 0 && at + 1 < email.size() &&
                        email.find('@', at + 1) == std::string_view::npos && email.size() <= 254;
    if (!printable || !plain || !shaped)
        return fail_field(ErrorCode::invalid_argument, "email", "This is not an e-mail address.");
    std::string lower(email);
    std::ranges::transform(lower, lower.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return lower;
}

}  // namespace countersign::domain
