#include "runtime/scheduler.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>

namespace countersign::runtime {
namespace {

using ::testing::HasSubstr;

LaneOptions background() {
    return {.name = "background", .threads = 1, .max_tasks = 4, .max_bytes = 100};
}

TEST(Scheduler, RunsAJobAgainAndAgainEvenAfterItFailedOrThrew) {
    telemetry::Metrics metrics;
    Lane lane(background(), metrics);
    Scheduler scheduler(lane, metrics);
    std::atomic<int> runs{0};
    std::promise<void> fourth;
    scheduler.every("purge", milliseconds(1), [&]() -> Result<void> {
        switch (++runs) {
            case 1:
                return fail(ErrorCode::unavailable, "store is down");
            case 2:
                throw std::runtime_error("broken");
            case 4:
                fourth.set_value();
                break;
            default:
                break;
        }
        return {};
    });

    scheduler.start();

    fourth.get_future().get();
    scheduler.stop();
    EXPECT_THAT(metrics.render(), HasSubstr("countersign_job_failures_total{job=\"purge\"} 2\n"));
}

TEST(Scheduler, NeverOverlapsAJobWithItself) {
    telemetry::Metrics metrics;
    Lane lane({.name = "background", .threads = 2, .max_tasks = 4, .max_bytes = 100}, metrics);
    Scheduler scheduler(lane, metrics);
    std::promise<void> release;
    auto released = release.get_future().share();
    std::atomic<int> slow_runs{0};
    std::atomic<int> turns{0};
    std::promise<void> enough;
    scheduler.every("slow", milliseconds(1), [&, released]() -> Result<void> {
        ++slow_runs;
        released.wait();
        return {};
    });
    scheduler.every("quick", milliseconds(1), [&]() -> Result<void> {
        if (++turns == 10) enough.set_value();
        return {};
    });

    scheduler.start();
    enough.get_future().get();

    EXPECT_EQ(slow_runs, 1);
    scheduler.stop();
    release.set_value();
}

TEST(Scheduler, StartsNothingAfterStop) {
    telemetry::Metrics metrics;
    Lane lane(background(), metrics);
    std::atomic<int> runs{0};
    Scheduler scheduler(lane, metrics);
    scheduler.every("job", seconds(3600), [&]() -> Result<void> {
        ++runs;
        return {};
    });
    scheduler.start();

    scheduler.stop();
    lane.drain(Deadline::after(seconds(5)));

    EXPECT_EQ(runs, 0);
}

}  // namespace
}  // namespace countersign::runtime
