#pragma once

#include <optional>

#include "base/time.hpp"

namespace countersign::domain {

/// Limits on failed attempts of one subject over all its verifications.
/// Source: NIST SP 800-63B-4 §3.2.3 (30 s after 10, disable at 100); requirement S4, threat T11.
inline constexpr int kDelayAfter = 10;
inline constexpr Micros kDelay = seconds(30);
inline constexpr int kLockAfter = 100;

enum class Allowance { allowed, delayed, locked };

/// May a subject with `failed` charged attempts since the last success try again at `now`?
Allowance allowance(int failed, std::optional<UnixMicros> last_attempt_at, UnixMicros now);

}  // namespace countersign::domain
