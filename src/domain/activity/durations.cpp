#include "domain/activity/durations.hpp"

#include <algorithm>
#include <cmath>

namespace countersign::domain {
namespace {

constexpr double kShortestMs = 50;
constexpr double kLongestMs = 600'000;
constexpr double kRatio = 1.1;

}  // namespace

int bucket_of(Micros duration) {
    const double ms = std::clamp(static_cast<double>(duration.value) / 1000, kShortestMs, kLongestMs);
    return static_cast<int>(std::floor(std::log(ms / kShortestMs) / std::log(kRatio)));
}

std::int64_t bucket_middle_ms(int bucket) {
    return std::llround(kShortestMs * std::pow(kRatio, bucket + 0.5));
}

std::optional<std::int64_t> quantile_ms(const DurationCounts& counts, double quantile) {
    std::int64_t all = 0;
    for (const auto& [bucket, count] : counts)
        all += count;
    if (all == 0) return std::nullopt;
    const auto rank = std::max<std::int64_t>(1, std::llround(std::ceil(quantile * static_cast<double>(all))));
    std::int64_t seen = 0;
    for (const auto& [bucket, count] : counts) {
        seen += count;
        if (seen >= rank) return bucket_middle_ms(bucket);
    }
    return bucket_middle_ms(counts.rbegin()->first);
}

}  // namespace countersign::domain
