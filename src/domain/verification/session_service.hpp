#pragma once

#include "domain/unit_of_work.hpp"

namespace countersign::domain {

/// A browser that proved to be the one that opened the verification.
struct BrowserSession {
    Verification verification;
    Integration integration;
    bool consent_required{false};  // must be given before the first capture
    ConsentText consent_text{};    // the tenant's current one, in the language of the login
};

/// Binds a verification to the browser that exchanged the start token.
///
/// Errors:  not_found, forbidden (cookie of another browser or verification), already_used (already
/// returned).
///          A verification past its time is not an error: it comes back in state `expired`, recorded as such.
/// Threads: safe; blocks on the store. Requirement S3, threats T1 and T8.
class SessionService {
public:
    SessionService(UnitOfWork& work, const Clock& clock, Random& random)
        : work_(work), clock_(clock), random_(random) {}

    Result<BrowserSession> authorise(const VerificationId& id, std::string_view cookie_value);

private:
    UnitOfWork& work_;
    const Clock& clock_;
    Random& random_;
};

/// Whether the cookie value is the one whose hash the verification holds; constant time.
bool cookie_matches(const Verification& verification, std::string_view cookie_value);

}  // namespace countersign::domain
