#pragma once

#include <string_view>

#include "domain/tenant/keys.hpp"
#include "domain/unit_of_work.hpp"

namespace countersign::domain {

inline constexpr Micros kConfirmWithin = minutes(5);

enum class Method { enrolled, verified };
std::string_view to_string(Method method);

struct Confirmation {
    Method method{Method::verified};
    CredentialId credential;
};

/// Answers the Action's server-to-server question whether a `passed` result is real, once.
///
/// A credential enrolled in this verification becomes active here and nowhere else, and only when the subject
/// has no active one: a link opened in somebody else's browser enrols nobody (requirement S17, threat T6).
///
/// Errors:  unauthenticated (the token), conflict (confirmed before, not passed, not returned yet, or another
///          credential became active first), transaction_expired (later than kConfirmWithin), unavailable.
/// Threads: safe; blocks on the store; request lane.
class ConfirmService {
public:
    ConfirmService(UnitOfWork& work, const Keys& keys, const Clock& clock, Random& random)
        : work_(work), keys_(keys), clock_(clock), random_(random) {}

    Result<Confirmation> confirm(std::string_view confirm_token);

private:
    UnitOfWork& work_;
    const Keys& keys_;
    const Clock& clock_;
    Random& random_;
};

}  // namespace countersign::domain
