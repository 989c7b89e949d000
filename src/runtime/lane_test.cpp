#include "runtime/lane.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <future>
#include <memory>
#include <thread>

#include "base/guarded.hpp"
#include "runtime/fair_queue.hpp"

namespace countersign::runtime {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

LaneOptions one_thread(std::size_t max_tasks = 8) {
    return {.name = "test", .threads = 1, .max_tasks = max_tasks, .max_bytes = 1000};
}

Task task(std::function<void()> run) {
    return {.run = std::move(run), .drop = {}};
}

/// Keeps the only thread of a lane busy until opened. The task owns what it touches: it may outlive the gate.
class Gate {
public:
    explicit Gate(Lane& lane) {
        const auto entered = std::make_shared<std::promise<void>>();
        EXPECT_TRUE(lane.submit(task([entered, opened = opened_.get_future().share()] {
            entered->set_value();
            opened.wait();
        })));
        entered->get_future().wait();
    }
    ~Gate() { open(); }
    void open() {
        if (!std::exchange(is_open_, true)) opened_.set_value();
    }

private:
    std::promise<void> opened_;
    bool is_open_{false};
};

TEST(Lane, RunsTasksOnItsOwnThread) {
    telemetry::Metrics metrics;
    Lane lane(one_thread(), metrics);
    std::promise<std::thread::id> where;

    ASSERT_TRUE(lane.submit(task([&] { where.set_value(std::this_thread::get_id()); })));

    EXPECT_NE(where.get_future().get(), std::this_thread::get_id());
}

TEST(Lane, RefusesBeyondItsNumberOfTasksAndCountsIt) {
    telemetry::Metrics metrics;
    Lane lane(one_thread(2), metrics);
    Gate gate(lane);

    EXPECT_TRUE(lane.submit(task([] {})));
    EXPECT_TRUE(lane.submit(task([] {})));
    const auto third = lane.submit(task([] {}));

    ASSERT_FALSE(third);
    EXPECT_EQ(third.error().code, ErrorCode::queue_full);
    EXPECT_EQ(lane.depth(), 2U);
    EXPECT_THAT(metrics.render(), HasSubstr("countersign_lane_depth{lane=\"test\"} 2\n"));
    EXPECT_THAT(metrics.render(),
                HasSubstr("countersign_lane_rejects_total{lane=\"test\",reason=\"full\"} 1\n"));
    gate.open();
}

TEST(Lane, RefusesBeyondItsBytes) {
    telemetry::Metrics metrics;
    Lane lane(one_thread(), metrics);
    Gate gate(lane);

    EXPECT_TRUE(lane.submit({.run = [] {}, .drop = {}, .bytes = 600}));
    EXPECT_FALSE(lane.submit({.run = [] {}, .drop = {}, .bytes = 401}));
    EXPECT_TRUE(lane.submit({.run = [] {}, .drop = {}, .bytes = 400}));
    gate.open();
}

TEST(Lane, RefusesAGroupBeyondItsShareWhileOthersStillFit) {
    telemetry::Metrics metrics;
    auto options = one_thread();
    options.max_tasks_per_group = 1;
    Lane lane(options, metrics);
    Gate gate(lane);

    EXPECT_TRUE(lane.submit({.run = [] {}, .drop = {}, .group = 7}));
    EXPECT_FALSE(lane.submit({.run = [] {}, .drop = {}, .group = 7}));
    EXPECT_TRUE(lane.submit({.run = [] {}, .drop = {}, .group = 8}));
    gate.open();
}

TEST(Lane, LetsGroupsTakeTurns) {
    telemetry::Metrics metrics;
    std::vector<std::string> order;
    {
        Lane lane(one_thread(), metrics);
        Gate gate(lane);
        const auto add = [&](const char* name, std::uint64_t group) {
            ASSERT_TRUE(lane.submit(
                {.run = [&order, name] { order.emplace_back(name); }, .drop = {}, .group = group}));
        };
        add("busy1", 1);
        add("busy2", 1);
        add("busy3", 1);
        add("calm1", 2);
        add("calm2", 2);
        gate.open();
        lane.drain(Deadline::after(seconds(10)));
    }
    EXPECT_THAT(order, ElementsAre("busy1", "calm1", "busy2", "calm2", "busy3"));
}

TEST(Lane, DropsATaskThatWaitedPastItsDeadline) {
    telemetry::Metrics metrics;
    Lane lane(one_thread(), metrics);
    Gate gate(lane);
    std::promise<ErrorCode> why;
    std::atomic<bool> ran{false};
    ASSERT_TRUE(lane.submit({.run = [&] { ran = true; },
                             .drop = [&](ErrorCode code) { why.set_value(code); },
                             .deadline = Deadline::after(Micros{0})}));

    gate.open();

    EXPECT_EQ(why.get_future().get(), ErrorCode::deadline_exceeded);
    EXPECT_FALSE(ran);
    EXPECT_THAT(metrics.render(), HasSubstr("reason=\"deadline\"} 1\n"));
}

TEST(Lane, GoesOnAfterATaskThrew) {
    telemetry::Metrics metrics;
    Lane lane(one_thread(), metrics);
    std::promise<void> second;

    ASSERT_TRUE(lane.submit(task([] { throw std::runtime_error("broken"); })));
    ASSERT_TRUE(lane.submit(task([] { throw 1; })));
    ASSERT_TRUE(lane.submit(task([&] { second.set_value(); })));

    second.get_future().get();
    EXPECT_THAT(metrics.render(), HasSubstr("countersign_lane_exceptions_total{lane=\"test\"} 2\n"));
}

TEST(Lane, DrainFinishesWhatIsQueuedAndRefusesNewWork) {
    telemetry::Metrics metrics;
    Lane lane(one_thread(), metrics);
    std::atomic<int> done{0};
    {
        Gate gate(lane);
        for (int i = 0; i < 5; ++i)
            ASSERT_TRUE(lane.submit(task([&] { ++done; })));
    }

    lane.drain(Deadline::after(seconds(10)));

    EXPECT_EQ(done, 5);
    EXPECT_FALSE(lane.submit(task([] {})));
}

TEST(Lane, DrainDropsWhatItsDeadlineDoesNotAllowButRunsEndOfLifeWork) {
    telemetry::Metrics metrics;
    Lane lane(one_thread(1), metrics);
    std::atomic<int> dropped{0};
    std::atomic<int> closed{0};
    Gate gate(lane);
    ASSERT_TRUE(lane.submit({.run = [] {},
                             .drop =
                                 [&](ErrorCode code) {
                                     EXPECT_EQ(code, ErrorCode::unavailable);
                                     ++dropped;
                                 }}));
    ASSERT_TRUE(lane.submit({.run = [&] { ++closed; }, .drop = {}, .must_run = true}))
        << "although it is full";

    std::thread opener([&] {
        while (lane.submit({.run = [] {}, .drop = {}, .must_run = true}))
            std::this_thread::yield();
        gate.open();  // the lane refuses, so drain() has begun with an expired deadline
    });
    std::this_thread::yield();
    lane.drain(Deadline::after(Micros{0}));
    opener.join();

    EXPECT_EQ(closed, 1);
    EXPECT_EQ(dropped, 1);
}

TEST(Lane, LowersThePriorityOfItsThreads) {
    telemetry::Metrics metrics;
    auto options = one_thread();
    options.nice = 3;
    Lane lane(options, metrics);
    std::promise<int> nice;

    ASSERT_TRUE(
        lane.submit(task([&] { nice.set_value(getpriority(PRIO_PROCESS, static_cast<id_t>(gettid()))); })));

    EXPECT_EQ(nice.get_future().get(),
              std::min(19, getpriority(PRIO_PROCESS, static_cast<id_t>(getpid())) + 3));
}

TEST(Lane, LosesAndDoublesNothingUnderParallelSubmission) {
    telemetry::Metrics metrics;
    std::atomic<int> ran{0};
    std::atomic<int> taken{0};
    {
        Lane lane({.name = "test", .threads = 3, .max_tasks = 50, .max_bytes = 1000}, metrics);
        std::vector<std::thread> threads;
        for (unsigned t = 0; t < 4; ++t) {
            threads.emplace_back([&, t] {
                for (int i = 0; i < 500; ++i) {
                    if (lane.submit({.run = [&] { ++ran; }, .drop = {}, .group = t})) ++taken;
                }
            });
        }
        for (auto& thread : threads)
            thread.join();
        lane.drain(Deadline::after(seconds(10)));
    }
    EXPECT_EQ(ran, taken);
    EXPECT_GT(taken, 0);
}

TEST(FairQueue, KeepsOrderWithinAGroupAndCountsBytes) {
    FairQueue queue;
    for (std::size_t bytes : {3U, 4U})
        queue.push({Task{.run = {}, .drop = {}, .bytes = bytes, .group = 1}, {}});
    EXPECT_EQ(queue.bytes(), 7U);
    EXPECT_EQ(queue.size_of(1), 2U);

    EXPECT_EQ(queue.pop().task.bytes, 3U);
    EXPECT_EQ(queue.pop().task.bytes, 4U);

    EXPECT_TRUE(queue.empty());
    EXPECT_EQ(queue.bytes(), 0U);
    EXPECT_EQ(queue.size_of(1), 0U);
}

TEST(Deadline, NeverDoesNotExpireAndAVeryLongDelayDoesNotOverflow) {
    EXPECT_FALSE(Deadline::never().expired());
    EXPECT_FALSE(Deadline::after(Micros{std::numeric_limits<std::int64_t>::max()}).expired());
    EXPECT_TRUE(Deadline::after(Micros{0}).expired());
    EXPECT_EQ(Deadline::after(Micros{-5}).remaining().value, 0);
}

}  // namespace
}  // namespace countersign::runtime
