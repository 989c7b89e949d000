#pragma once

#include <map>
#include <optional>

#include "base/time.hpp"

namespace countersign::domain {

/// Durations as counts per bucket, so that medians need no row per login.
///
/// A bucket is 1.1 times as long as the one before; its geometric middle is within 5 % of every duration in
/// it. Shorter than 50 ms counts as 50 ms, longer than ten minutes as ten minutes.
int bucket_of(Micros duration);
/// The middle of a bucket in milliseconds.
std::int64_t bucket_middle_ms(int bucket);

/// Counts per bucket, and the duration below which the share `quantile` (0 … 1) of them lies.
using DurationCounts = std::map<int, std::int64_t>;
std::optional<std::int64_t> quantile_ms(const DurationCounts& counts, double quantile);

}  // namespace countersign::domain
