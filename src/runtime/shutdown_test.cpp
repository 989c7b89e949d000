#include "runtime/shutdown.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <thread>
#include <vector>

namespace countersign::runtime {
namespace {

using ::testing::ElementsAre;

TEST(Shutdown, WaitReturnsAtSigtermAndSigint) {
    for (const int signal : {SIGTERM, SIGINT}) {
        Shutdown shutdown;
        EXPECT_FALSE(shutdown.stopping());
        ASSERT_EQ(kill(getpid(), signal), 0);

        shutdown.wait();

        EXPECT_TRUE(shutdown.stopping());
    }
}

TEST(Shutdown, RunsTheReloadAtSighupAndGoesOnWaiting) {
    Shutdown shutdown;
    int reloads = 0;
    ASSERT_EQ(kill(getpid(), SIGHUP), 0);

    shutdown.wait([&] {
        if (++reloads == 2) {
            shutdown.request_stop();
        } else {
            ASSERT_EQ(kill(getpid(), SIGHUP), 0);
        }
    });

    EXPECT_EQ(reloads, 2);
}

TEST(Shutdown, WaitReturnsWhenAnotherThreadAsksForTheStop) {
    Shutdown shutdown;
    std::thread other([&] { shutdown.request_stop(); });

    shutdown.wait();

    other.join();
    EXPECT_TRUE(shutdown.stopping());
}

TEST(Shutdown, RunsItsStepsInOrderWithOneSharedDeadline) {
    Shutdown shutdown;
    std::vector<std::string> order;
    std::vector<Deadline::TimePoint> deadlines;
    for (const auto* name : {"accept", "drain", "close"}) {
        shutdown.add_step(name, [&, name](Deadline deadline) {
            EXPECT_TRUE(shutdown.stopping());
            order.emplace_back(name);
            deadlines.push_back(deadline.time_point());
        });
    }

    shutdown.run_steps(seconds(5));

    EXPECT_THAT(order, ElementsAre("accept", "drain", "close"));
    EXPECT_THAT(deadlines, ElementsAre(deadlines[0], deadlines[0], deadlines[0]));
}

}  // namespace
}  // namespace countersign::runtime
