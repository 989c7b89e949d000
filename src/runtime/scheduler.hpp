#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/time.hpp"
#include "runtime/lane.hpp"

namespace countersign::runtime {

/// Runs periodic jobs on a lane. A job never overlaps itself: when it is still running or the lane is full at
/// its time, that turn is skipped and counted.
///
/// Threads: add jobs before start(). The destructor stops; the lane must live longer.
class Scheduler {
public:
    Scheduler(Lane& lane, telemetry::Metrics& metrics);
    ~Scheduler();
    Scheduler(const Scheduler&) = delete;
    Scheduler& operator=(const Scheduler&) = delete;

    /// First run one `period` after start(). A job that fails or throws is logged and runs again next time.
    void every(std::string name, Micros period, std::function<Result<void>()> job);

    void start();

    /// No job starts after it returns; one that is running goes on in its lane.
    void stop();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace countersign::runtime
