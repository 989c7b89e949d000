#include "domain/ratelimit/lockout.hpp"

namespace countersign::domain {

Allowance allowance(int failed, std::optional<UnixMicros> last_attempt_at, UnixMicros now) {
    if (failed >= kLockAfter) return Allowance::locked;
    if (failed < kDelayAfter || !last_attempt_at) return Allowance::allowed;
    return now - *last_attempt_at < kDelay ? Allowance::delayed : Allowance::allowed;
}

}  // namespace countersign::domain
