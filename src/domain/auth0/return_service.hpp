#pragma once

#include <string_view>

#include "domain/tenant/keys.hpp"
#include "domain/unit_of_work.hpp"

namespace countersign::domain {

/// The form that the browser posts to the identity provider.
struct Return {
    std::string continue_url;   // built from the integration's record, never from a request
    std::string state;          // byte for byte
    std::string session_token;  // the result token
};

/// Hands out the result of a verification, once.
///
/// Works for every final state, and turns a verification past its time into `expired` first.
///
/// Errors:  not_found, forbidden (another browser), conflict (still open, or the return domain was
/// withdrawn),
///          already_used, unavailable.
/// Threads: safe; blocks on the store; request lane. Requirements S5, S11; threats T5, T8.
class ReturnService {
public:
    ReturnService(UnitOfWork& work, const Keys& keys, const Clock& clock, Random& random)
        : work_(work), keys_(keys), clock_(clock), random_(random) {}

    Result<Return> take(const VerificationId& id, std::string_view cookie_value);

private:
    UnitOfWork& work_;
    const Keys& keys_;
    const Clock& clock_;
    Random& random_;
};

}  // namespace countersign::domain
