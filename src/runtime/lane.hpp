#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "runtime/deadline.hpp"
#include "telemetry/metrics.hpp"

namespace countersign::runtime {

struct LaneOptions {
    std::string name;                    // label of the metrics and name of the threads
    unsigned threads{1};                 //
    std::size_t max_tasks{0};            // waiting tasks; the running ones do not count
    std::size_t max_bytes{0};            // sum of Task::bytes of the waiting tasks
    std::size_t max_tasks_per_group{0};  // waiting tasks with the same Task::group; 0: no limit but max_tasks
    int nice{0};                         // added to the process's own niceness, 0..19
};

/// One piece of blocking work.
struct Task {
    std::function<void()> run;

    /// Called instead of `run`, on a thread of the lane, when the deadline passed while waiting or the lane
    /// was closed first. May be empty.
    std::function<void(ErrorCode why)> drop;

    Deadline deadline{Deadline::never()};
    std::size_t bytes{0};
    std::uint64_t group{0};  // whose work it is: groups take turns
    bool must_run{false};    // end-of-life work: never refused for lack of room and never dropped
};

/// A bounded queue with its own threads. The only pool of the server.
///
/// A full lane refuses at once, so overload turns into quick 503 answers instead of a long queue. Groups are
/// served round robin: a busy one delays itself, not the others. A task that waited past its deadline is
/// dropped.
///
/// Errors:  submit: queue_full (no room, or closed).
/// Threads: safe from any thread. Tasks must not wait for another task of any lane.
/// Source:  architecture.md §6; requirement S25, threat T26, test R9.
class Lane {
public:
    Lane(LaneOptions options, telemetry::Metrics& metrics);

    /// Closes without grace: waiting tasks are dropped, running ones are waited for.
    ~Lane();
    Lane(const Lane&) = delete;
    Lane& operator=(const Lane&) = delete;

    Result<void> submit(Task task);

    /// Takes no new work, finishes what is queued until `deadline`, drops the rest and ends the threads.
    void drain(Deadline deadline);

    std::size_t depth() const;
    const std::string& name() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace countersign::runtime
