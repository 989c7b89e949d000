#include "domain/activity/statistics.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

namespace countersign::domain {
namespace {

struct RangeShape {
    StatisticsRange range;
    std::string_view name;
    Grain grain;
    int points;
};

constexpr std::array<RangeShape, 4> kRanges{{{StatisticsRange::day, "24h", Grain::hour, 24},
                                             {StatisticsRange::week, "7d", Grain::day, 7},
                                             {StatisticsRange::month, "30d", Grain::day, 30},
                                             {StatisticsRange::quarter, "90d", Grain::day, 90}}};
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kFunnel{{{"opened", "opened"},
                                                                                {"consent", "consent"},
                                                                                {"camera", "camera"},
                                                                                {"face", "face"},
                                                                                {"challenge", "challenge"},
                                                                                {"passed", "match"}}};
constexpr std::string_view kCause = "cause:";
constexpr std::string_view kDuration = "ms:";

const RangeShape& shape_of(StatisticsRange range) {
    return *std::ranges::find(kRanges, range, &RangeShape::range);
}

int number_after(std::string_view name, std::string_view prefix) {
    int number = 0;
    std::from_chars(name.data() + prefix.size(), name.data() + name.size(), number);
    return number;
}

using Totals = std::map<std::string, std::int64_t, std::less<>>;

std::int64_t of(const Totals& totals, std::string_view name) {
    const auto found = totals.find(name);
    return found == totals.end() ? 0 : found->second;
}

/// One point per hour or day, so that a chart has no gaps.
std::vector<StatisticsPoint> empty_series(const RangeShape& shape, UnixMicros from) {
    std::vector<StatisticsPoint> series(static_cast<std::size_t>(shape.points));
    for (int i = 0; i < shape.points; ++i)
        series[static_cast<std::size_t>(i)].at = from + Micros{length_of(shape.grain).value * i};
    return series;
}

void add_to_point(StatisticsPoint& point, const ActivityCount& count) {
    if (count.name == "passed") point.passed += count.total;
    if (count.name == "failed") point.failed += count.total;
    if (count.name.starts_with(kDuration))
        point.durations[number_after(count.name, kDuration)] += count.total;
}

std::vector<CauseCount> causes_of(const Totals& totals) {
    std::vector<CauseCount> causes;
    for (const auto& [name, total] : totals) {
        if (name.starts_with(kCause)) causes.push_back({name.substr(kCause.size()), total});
    }
    std::ranges::sort(causes, [](const auto& a, const auto& b) {
        return a.count != b.count ? a.count > b.count : a.cause < b.cause;
    });
    return causes;
}

Statistics summarise(const RangeShape& shape, UnixMicros now, const std::vector<ActivityCount>& counts) {
    Statistics statistics;
    statistics.range = shape.range;
    statistics.to = now;
    statistics.from = start_of(shape.grain, now) - Micros{length_of(shape.grain).value * (shape.points - 1)};
    statistics.series = empty_series(shape, statistics.from);
    Totals totals;
    for (const auto& count : counts) {
        const auto index = (count.starts_at - statistics.from).value / length_of(shape.grain).value;
        if (count.starts_at < statistics.from || index >= shape.points) continue;
        add_to_point(statistics.series[static_cast<std::size_t>(index)], count);
        totals[count.name] += count.total;
        if (count.name.starts_with(kDuration))
            statistics.durations[number_after(count.name, kDuration)] += count.total;
    }
    statistics.verifications = of(totals, "opened:verification");
    statistics.enrolments = of(totals, "opened:enrolment");
    statistics.passed = of(totals, "passed");
    statistics.failed = of(totals, "failed");
    statistics.liveness_alerts = of(totals, "cause:not_live_passive") + of(totals, "cause:not_live_active");
    for (const auto& [name, step] : kFunnel)
        statistics.funnel.push_back({std::string(step), of(totals, name)});
    statistics.causes = causes_of(totals);
    return statistics;
}

}  // namespace

std::string_view to_string(StatisticsRange range) {
    return shape_of(range).name;
}

Result<StatisticsRange> parse_statistics_range(std::string_view text) {
    const auto found = std::ranges::find(kRanges, text, &RangeShape::name);
    if (found == kRanges.end()) return fail(ErrorCode::invalid_argument, "not a range (24h, 7d, 30d, 90d)");
    return found->range;
}

Result<Statistics> StatisticsService::compute(const TenantId& tenant, StatisticsRange range,
                                              const std::optional<IntegrationId>& integration) {
    const auto& shape = shape_of(range);
    return in_transaction(work_, Access::read, [&](Repositories& r) -> Result<Statistics> {
        const auto now = clock_.now();
        const auto from =
            start_of(shape.grain, now) - Micros{length_of(shape.grain).value * (shape.points - 1)};
        const auto counts = CS_TRY(r.activity().since(tenant, shape.grain, from, integration));
        auto statistics = summarise(shape, now, counts);
        statistics.enrolled_users = CS_TRY(r.subjects().count_enrolled(tenant));
        return statistics;
    });
}

}  // namespace countersign::domain
