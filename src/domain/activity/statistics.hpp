#pragma once

#include <optional>
#include <vector>

#include "domain/activity/durations.hpp"
#include "domain/unit_of_work.hpp"

namespace countersign::domain {

/// How far back the figures look: a day in hours, the others in UTC days.
enum class StatisticsRange { day, week, month, quarter };
std::string_view to_string(StatisticsRange range);  // "24h", "7d", "30d", "90d"
Result<StatisticsRange> parse_statistics_range(std::string_view text);

struct StatisticsPoint {
    UnixMicros at;
    std::int64_t passed{0};
    std::int64_t failed{0};
    DurationCounts durations;
};

struct FunnelStep {
    std::string step;  // "opened", "consent", "camera", "face", "challenge", "match"
    std::int64_t count{0};
};

struct CauseCount {
    std::string cause;
    std::int64_t count{0};
};

struct Statistics {
    StatisticsRange range{StatisticsRange::week};
    UnixMicros from;
    UnixMicros to;
    std::int64_t verifications{0};  // opened, of people with a face on record
    std::int64_t enrolments{0};     // opened, of people without
    std::int64_t passed{0};
    std::int64_t failed{0};  // ended without a pass after the camera was asked for
    std::int64_t liveness_alerts{0};
    std::int64_t enrolled_users{0};
    DurationCounts durations;
    std::vector<StatisticsPoint> series;  // without gaps
    std::vector<FunnelStep> funnel;
    std::vector<CauseCount> causes;  // the most frequent first
};

/// Figures for the home page, from counts that were kept when things happened: no transaction is read.
///
/// Errors:  unavailable.
/// Threads: safe; blocks on the store.
class StatisticsService {
public:
    StatisticsService(UnitOfWork& work, const Clock& clock) : work_(work), clock_(clock) {}

    Result<Statistics> compute(const TenantId& tenant, StatisticsRange range,
                               const std::optional<IntegrationId>& integration);

private:
    UnitOfWork& work_;
    const Clock& clock_;
};

}  // namespace countersign::domain
