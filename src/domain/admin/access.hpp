#pragma once

#include "domain/admin/types.hpp"

namespace countersign::domain {

/// Turns what a request presents into an actor. Implemented by AdminSessionService and ApiKeyService.
///
/// Errors:  unauthenticated (unknown, expired, revoked, or no member of any tenant), second_factor_required
///          (the password held, the second factor is missing or not set up yet), unavailable.
/// Threads: safe; blocks on the store; request lane only.
class AdminAccess {
public:
    virtual ~AdminAccess() = default;
    /// `token` is the value of the session cookie.
    virtual Result<AdminActor> by_session(std::string_view token) = 0;
    /// `token` is the whole API key, "ck_…".
    virtual Result<AdminActor> by_api_key(std::string_view token) = 0;
};

}  // namespace countersign::domain
