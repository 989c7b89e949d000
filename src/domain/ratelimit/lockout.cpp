#include "domain/ratelimit/lockout.hpp"

namespace countersign::domain {

Allowance allowance(const LockoutPolicy& policy, int failed, std::optional<UnixMicros> last_attempt_at,
                    UnixMicros now) {
    if (failed >= policy.lock_after) return Allowance::locked;
    if (failed < policy.delay_after || !last_attempt_at) return Allowance::allowed;
    return now - *last_attempt_at < policy.delay ? Allowance::delayed : Allowance::allowed;
}

}  // namespace countersign::domain
