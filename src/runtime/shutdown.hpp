#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/time.hpp"
#include "runtime/deadline.hpp"

namespace countersign::runtime {

/// Turns SIGTERM and SIGINT into an orderly end, and SIGHUP into a reload.
///
/// Make it in main before any thread: it blocks the three signals, and threads inherit that. SIGPIPE is
/// ignored. After the first stop signal stopping() is true (readiness fails), wait() returns, and run_steps()
/// takes the server down in the order in which the steps were added: stop accepting, drain, flush, close.
///
/// Threads: request_stop() and stopping() from any thread, the rest from the main thread.
/// Source:  architecture.md §6, test R11.
class Shutdown {
public:
    Shutdown();
    ~Shutdown();
    Shutdown(const Shutdown&) = delete;
    Shutdown& operator=(const Shutdown&) = delete;

    /// Blocks until a stop signal or request_stop(). `reload` runs on this thread at each SIGHUP.
    void wait(const std::function<void()>& reload = {});

    /// As if SIGTERM had come.
    void request_stop();

    bool stopping() const;

    void add_step(std::string name, std::function<void(Deadline)> step);

    /// All steps share one deadline, `grace` from now; a late step is still called, with an expired deadline.
    void run_steps(Micros grace);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace countersign::runtime
