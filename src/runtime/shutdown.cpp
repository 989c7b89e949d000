#include "runtime/shutdown.hpp"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <utility>
#include <vector>

#include "telemetry/log.hpp"

namespace countersign::runtime {

namespace log = telemetry::log;

namespace {

sigset_t watched_signals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    return set;
}

}  // namespace

struct Shutdown::State {
    State() {
        const sigset_t set = watched_signals();
        CS_CHECK(pthread_sigmask(SIG_BLOCK, &set, &mask_before) == 0);
        signal(SIGPIPE, SIG_IGN);  // a peer that went away is an error code, not a death
        signal_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
        event_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        CS_CHECK(signal_fd >= 0 && event_fd >= 0);
    }
    ~State() {
        close(signal_fd);
        close(event_fd);
        pthread_sigmask(SIG_SETMASK, &mask_before, nullptr);
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    void take_signals(const std::function<void()>& reload);

    sigset_t mask_before{};
    int signal_fd{-1};
    int event_fd{-1};
    std::atomic<bool> stopping{false};
    std::vector<std::pair<std::string, std::function<void(Deadline)>>> steps;
};

void Shutdown::State::take_signals(const std::function<void()>& reload) {
    signalfd_siginfo info{};
    while (read(signal_fd, &info, sizeof info) == static_cast<ssize_t>(sizeof info)) {
        if (info.ssi_signo != SIGHUP) {
            log::event(log::Level::info, "shutdown.signal", {{"signal", info.ssi_signo}});
            stopping = true;
        } else if (reload) {
            log::event(log::Level::info, "reload.signal");
            reload();
        }
    }
}

Shutdown::Shutdown() : state_(std::make_unique<State>()) {}
Shutdown::~Shutdown() = default;

void Shutdown::wait(const std::function<void()>& reload) {
    while (!stopping()) {
        std::array<pollfd, 2> watched{pollfd{state_->signal_fd, POLLIN, 0},
                                      pollfd{state_->event_fd, POLLIN, 0}};
        const int ready = poll(watched.data(), watched.size(), -1);
        CS_CHECK(ready >= 0 || errno == EINTR);
        state_->take_signals(reload);
    }
}

void Shutdown::request_stop() {
    state_->stopping = true;
    const std::uint64_t one = 1;
    // It can only fail when the counter is full, and then wait() is awake already.
    [[maybe_unused]] const auto written = write(state_->event_fd, &one, sizeof one);
}

bool Shutdown::stopping() const {
    return state_->stopping;
}

void Shutdown::add_step(std::string name, std::function<void(Deadline)> step) {
    state_->steps.emplace_back(std::move(name), std::move(step));
}

void Shutdown::run_steps(Micros grace) {
    state_->stopping = true;
    const auto deadline = Deadline::after(grace);
    for (const auto& [name, step] : state_->steps) {
        log::event(log::Level::info, "shutdown.step", {{"step", name}});
        step(deadline);
    }
}

}  // namespace countersign::runtime
