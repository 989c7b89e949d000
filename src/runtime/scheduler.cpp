#include "runtime/scheduler.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "telemetry/log.hpp"

namespace countersign::runtime {

namespace log = telemetry::log;

namespace {

struct Job {
    std::string name;
    std::chrono::microseconds period;
    std::function<Result<void>()> work;
    telemetry::Counter runs;
    telemetry::Counter failures;
    telemetry::Counter skipped;
    Deadline::TimePoint due{};
    std::atomic<bool> busy{false};  // queued or running
};

/// Clears the flag however the task ends: run, thrown, dropped or never started.
struct BusyMark {
    explicit BusyMark(std::shared_ptr<Job> of) : job(std::move(of)) {}
    ~BusyMark() { job->busy.store(false); }
    BusyMark(const BusyMark&) = delete;
    BusyMark& operator=(const BusyMark&) = delete;
    std::shared_ptr<Job> job;
};

void run(Job& job) {
    job.runs.increment();
    try {
        if (const auto result = job.work(); !result) {
            job.failures.increment();
            log::event(log::Level::warning, "job.failed",
                       {{"job", job.name},
                        {"code", to_string(result.error().code)},
                        {"detail", result.error().detail}});
        }
    } catch (const std::exception& thrown) {
        job.failures.increment();
        log::event(log::Level::error, "job.exception", {{"job", job.name}, {"what", thrown.what()}});
    }
}

}  // namespace

struct Scheduler::State {
    State(Lane& on, telemetry::Metrics& in) : lane(on), metrics(in) {}

    void loop();
    void start_job(const std::shared_ptr<Job>& job);
    Deadline::TimePoint next_due() const;

    Lane& lane;
    telemetry::Metrics& metrics;
    std::vector<std::shared_ptr<Job>> jobs;  // shared with tasks in the lane, which may outlive the scheduler
    std::mutex mutex;
    std::condition_variable changed;
    bool stopping{false};
    std::thread thread;
};

Deadline::TimePoint Scheduler::State::next_due() const {
    const auto soonest = std::min_element(jobs.begin(), jobs.end(),
                                          [](const auto& a, const auto& b) { return a->due < b->due; });
    return (*soonest)->due;
}

void Scheduler::State::start_job(const std::shared_ptr<Job>& job) {
    if (job->busy.exchange(true)) {
        job->skipped.increment();
        return;
    }
    auto mark = std::make_shared<BusyMark>(job);
    const auto taken = lane.submit({.run = [mark] { run(*mark->job); }, .drop = {}});
    if (!taken) job->skipped.increment();
}

void Scheduler::State::loop() {
    std::unique_lock lock(mutex);
    while (!changed.wait_until(lock, next_due(), [&] { return stopping; })) {
        const auto now = std::chrono::steady_clock::now();
        for (const auto& job : jobs) {
            if (job->due > now) continue;
            job->due = now + job->period;
            start_job(job);
        }
    }
}

Scheduler::Scheduler(Lane& lane, telemetry::Metrics& metrics)
    : state_(std::make_unique<State>(lane, metrics)) {}

Scheduler::~Scheduler() {
    stop();
}

void Scheduler::every(std::string name, Micros period, std::function<Result<void>()> job) {
    CS_CHECK(!state_->thread.joinable() && period.value > 0);
    const auto counter = [&](const char* what, const char* help) {
        return state_->metrics.counter(what, help, {{"job", name}});
    };
    const auto runs = counter("countersign_job_runs_total", "Runs of a periodic job.");
    const auto failures = counter("countersign_job_failures_total", "Runs that failed.");
    const auto skipped =
        counter("countersign_job_skipped_total", "Turns skipped: still running, or no room.");
    state_->jobs.push_back(std::make_shared<Job>(std::move(name), std::chrono::microseconds(period.value),
                                                 std::move(job), runs, failures, skipped));
}

void Scheduler::start() {
    if (state_->jobs.empty() || state_->thread.joinable()) return;
    const auto now = std::chrono::steady_clock::now();
    for (const auto& job : state_->jobs)
        job->due = now + job->period;
    state_->thread = std::thread([state = state_.get()] { state->loop(); });
}

void Scheduler::stop() {
    {
        const std::lock_guard lock(state_->mutex);
        state_->stopping = true;
    }
    state_->changed.notify_all();
    if (state_->thread.joinable()) state_->thread.join();
}

}  // namespace countersign::runtime
