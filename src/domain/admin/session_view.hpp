#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/unit_of_work.hpp"

namespace countersign::domain {

constexpr Micros kSessionLife = minutes(12 * 60);
constexpr Micros kSessionIdle = minutes(30);
constexpr Micros kHalfSignedInLife = minutes(15);  // for the second factor after the password
constexpr Micros kFreshFor = minutes(5);

/// From where somebody signs in, for the list of sessions.
struct SignInOrigin {
    std::string address;
    std::string browser;
};

struct TenantMembership {
    TenantId tenant;
    std::string name;
    Role role{Role::auditor};
};

/// A session with what belongs to it.
struct SessionView {
    AdminSession session;
    Administrator administrator;
    std::vector<TenantMembership> memberships;
    bool has_passkey{false};
    const TenantMembership* current() const;  // the one acted in, or nullptr
    std::optional<UnixMicros> fresh_until(UnixMicros now) const;
};

struct SignedIn {
    std::string token;  // for the cookie
    SessionView view;
};

std::string session_token_hash(std::string_view token);

/// The session of a cookie while it lives. Errors: unauthenticated (unknown, over, idle for too long).
Result<AdminSession> live_session(Repositories& repositories, std::string_view token, UnixMicros now);

Result<std::vector<TenantMembership>> memberships_of(Repositories& repositories, const AdministratorId& id);
Result<SessionView> view_of(Repositories& repositories, AdminSession session);

/// Opens a session after the password held. It acts in the tenant of the oldest membership.
Result<SignedIn> open_session(Repositories& repositories, const Administrator& administrator,
                              const SignInOrigin& origin, UnixMicros now, Random& random);

/// Writes one event about an administrator into the trail of every tenant he belongs to. `audit_for`: an act
/// of his own; `audit_about`: of `actor`, "cli" for the command line.
Result<void> audit_for(Repositories& repositories, const AdministratorId& id, std::string_view kind,
                       UnixMicros now, Random& random, std::map<std::string, std::string> details = {});
Result<void> audit_about(Repositories& repositories, std::string_view actor, const AdministratorId& id,
                         std::string_view kind, UnixMicros now, Random& random);

/// Lower case; an address that a mail server can take. Errors: invalid_argument with the field `email`.
Result<std::string> normal_email(std::string_view email);

}  // namespace countersign::domain
