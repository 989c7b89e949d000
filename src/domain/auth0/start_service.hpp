#pragma once

#include <string_view>

#include "domain/tenant/keys.hpp"
#include "domain/unit_of_work.hpp"

namespace countersign::domain {

/// What is known of the browser at the start; a risk signal for the audit, never a condition.
struct BrowserInfo {
    std::string address;     // audited as a hash
    std::string user_agent;  // audited cut to 120 characters
};

struct Started {
    VerificationId verification;
    std::string cookie_value;  // 43 base64url characters; only its hash is stored
};

/// Exchanges the start token of the identity provider's Action for a verification bound to one browser.
///
/// Checked in this order: the integration is known; the token has an HS256 signature by the current or the
/// previous Session Secret, `typ` JWT, our purpose and integration; it lives at most 300 s and is not over;
/// `iss` names a registered return domain; it was never presented before (also before a restart); `state` has
/// 1 to 2048 bytes. A disabled integration, a locked subject or a missing credential without self-enrolment
/// still starts: in state `refused`, with its code, so that the login can be closed properly at the identity
/// provider.
///
/// Errors:  not_found, unauthenticated, transaction_expired, forbidden, already_used, invalid_argument,
/// unavailable:
///          see start_error_page. Each refusal of a known integration is an audit event.
/// Threads: safe; blocks on the store; request lane.
/// Source:  docs/integration/auth0-tokens.md; requirements S1, S2, S11; threats T1, T2, T3, T5.
class StartService {
public:
    StartService(UnitOfWork& work, const Keys& keys, const Clock& clock, Random& random)
        : work_(work), keys_(keys), clock_(clock), random_(random) {}

    Result<Started> start(std::string_view integration_id, std::string_view session_token,
                          std::string_view state, const BrowserInfo& browser);

private:
    UnitOfWork& work_;
    const Keys& keys_;
    const Clock& clock_;
    Random& random_;
};

/// The `{code}` of `/e/{code}` for an error of `start`.
std::string_view start_error_page(ErrorCode code);

}  // namespace countersign::domain
