#pragma once

#include <optional>

#include "base/time.hpp"

namespace countersign::domain {

/// Limits on failed attempts of one subject over all its verifications.
/// Source of the defaults and of the upper limit: NIST SP 800-63B-4 §3.2.3 (30 s after 10, disable at 100);
/// requirement S4, threat T11.
struct LockoutPolicy {
    int lock_after{100};
    int delay_after{10};
    Micros delay{seconds(30)};
    bool operator==(const LockoutPolicy&) const = default;
};

enum class Allowance { allowed, delayed, locked };

/// May a subject with `failed` charged attempts since the last success try again at `now`?
Allowance allowance(const LockoutPolicy& policy, int failed, std::optional<UnixMicros> last_attempt_at,
                    UnixMicros now);

}  // namespace countersign::domain
