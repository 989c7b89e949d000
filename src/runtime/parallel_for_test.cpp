#include "runtime/parallel_for.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <vector>

namespace countersign::runtime {
namespace {

TEST(ParallelFor, CallsEveryIndexExactlyOnce) {
    std::vector<std::atomic<int>> calls(1000);

    parallel_for(calls.size(), 4, [&](std::size_t i) { ++calls[i]; });

    for (const auto& count : calls)
        EXPECT_EQ(count.load(), 1);
}

TEST(ParallelFor, RunsAsManyCallsAtOnceAsThereAreThreads) {
    std::latch together(2);

    parallel_for(2, 2, [&](std::size_t) { together.arrive_and_wait(); });

    EXPECT_TRUE(together.try_wait()) << "with one thread the first call would have waited for ever";
}

TEST(ParallelFor, DoesNothingWithoutWorkAndWorksWithoutThreads) {
    int calls = 0;

    parallel_for(0, 4, [&](std::size_t) { ++calls; });
    EXPECT_EQ(calls, 0);

    parallel_for(3, 0, [&](std::size_t) { ++calls; });
    EXPECT_EQ(calls, 3);
}

}  // namespace
}  // namespace countersign::runtime
