#include "telemetry/metrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

namespace countersign::telemetry {
namespace {

using ::testing::HasSubstr;

TEST(Metrics, RendersAllKindsInTheTextFormat) {
    Metrics metrics;
    metrics.counter("things_total", "Things.", {{"kind", "a"}}).increment(2);
    metrics.gauge("depth", "Depth.").set(7);
    metrics.histogram("wait_seconds", "Wait.", {}, {0.1, 1.0}).observe(0.5);

    const auto text = metrics.render();

    EXPECT_THAT(text, HasSubstr("# HELP things_total Things.\n# TYPE things_total counter\n"));
    EXPECT_THAT(text, HasSubstr("things_total{kind=\"a\"} 2\n"));
    EXPECT_THAT(text, HasSubstr("depth 7\n"));
    EXPECT_THAT(text, HasSubstr("wait_seconds_bucket{le=\"0.1\"} 0\n"));
    EXPECT_THAT(text, HasSubstr("wait_seconds_bucket{le=\"1\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("wait_seconds_bucket{le=\"+Inf\"} 1\n"));
}

TEST(Metrics, GivesTheSameNumberForTheSameNameAndLabels) {
    Metrics metrics;
    const auto first = metrics.counter("things_total", "Things.", {{"kind", "a"}});
    const auto same = metrics.counter("things_total", "Things.", {{"kind", "a"}});
    const auto other = metrics.counter("things_total", "Things.", {{"kind", "b"}});

    first.increment();
    same.increment();

    EXPECT_EQ(first.value(), 2);
    EXPECT_EQ(other.value(), 0);
}

TEST(Metrics, CountsExactlyFromManyThreads) {
    Metrics metrics;
    const auto counter = metrics.counter("things_total", "Things.");
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 10'000; ++i)
                counter.increment();
        });
    }
    for (auto& thread : threads)
        thread.join();
    EXPECT_EQ(counter.value(), 40'000);
}

}  // namespace
}  // namespace countersign::telemetry
