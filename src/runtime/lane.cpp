#include "runtime/lane.hpp"

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "runtime/fair_queue.hpp"
#include "telemetry/log.hpp"

namespace countersign::runtime {

namespace log = telemetry::log;

struct Lane::State {
    State(LaneOptions given, telemetry::Metrics& metrics)
        : options(std::move(given)),
          depth(
              metrics.gauge("countersign_lane_depth", "Tasks waiting in a lane.", {{"lane", options.name}})),
          wait(metrics.histogram("countersign_lane_wait_seconds", "Time a task waited for a thread.",
                                 {{"lane", options.name}})),
          refused(rejects(metrics, "full")),
          dropped(rejects(metrics, "deadline")),
          closed(rejects(metrics, "closed")),
          threw(metrics.counter("countersign_lane_exceptions_total", "Tasks that ended with an exception.",
                                {{"lane", options.name}})) {}

    telemetry::Counter rejects(telemetry::Metrics& metrics, const char* reason) const {
        return metrics.counter("countersign_lane_rejects_total", "Tasks refused or dropped.",
                               {{"lane", options.name}, {"reason", reason}});
    }

    bool has_room(const Task& task) const {
        if (task.must_run) return true;
        if (queue.size() >= options.max_tasks || queue.bytes() + task.bytes > options.max_bytes) return false;
        return options.max_tasks_per_group == 0 || queue.size_of(task.group) < options.max_tasks_per_group;
    }

    void work();
    void finish(FairQueue::Entry entry, bool abandoned);
    void call(const std::function<void()>& function);
    void close_and_join();

    const LaneOptions options;
    const telemetry::Gauge depth;
    const telemetry::Histogram wait;
    const telemetry::Counter refused;
    const telemetry::Counter dropped;
    const telemetry::Counter closed;
    const telemetry::Counter threw;

    mutable std::mutex mutex;
    std::condition_variable work_came;  // or a flag was set
    std::condition_variable idle;       // told only while draining
    FairQueue queue;
    unsigned running{0};
    bool accepting{true};
    bool abandon{false};  // what is still queued is dropped
    std::vector<std::thread> threads;
};

namespace {

void name_this_thread(const LaneOptions& options) {
    // Linux keeps 15 characters. Both calls only tune: the lane works without them.
    pthread_setname_np(pthread_self(), ("cs-" + options.name).substr(0, 15).c_str());
    if (options.nice == 0) return;
    const int base = getpriority(PRIO_PROCESS, 0);
    if (setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), base + options.nice) != 0) {
        log::event(log::Level::warning, "lane.nice_refused", {{"lane", options.name}});
    }
}

double seconds_since(Deadline::TimePoint begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace

void Lane::State::work() {
    name_this_thread(options);
    std::unique_lock lock(mutex);
    for (;;) {
        work_came.wait(lock, [&] { return !queue.empty() || !accepting; });
        if (queue.empty()) return;
        FairQueue::Entry entry = queue.pop();
        depth.set(static_cast<double>(queue.size()));
        const bool abandoned = abandon;
        ++running;
        lock.unlock();
        finish(std::move(entry), abandoned);
        lock.lock();
        --running;
        if (!accepting) idle.notify_all();
    }
}

/// Takes the entry by value, so that what the task captured is gone before the thread counts as idle.
void Lane::State::finish(FairQueue::Entry entry, bool abandoned) {
    const Task& task = entry.task;
    wait.observe(seconds_since(entry.queued_at));
    const bool late = task.deadline.expired();
    if (task.must_run || (!late && !abandoned)) {
        call(task.run);
        return;
    }
    (late ? dropped : closed).increment();
    if (task.drop) call([&] { task.drop(late ? ErrorCode::deadline_exceeded : ErrorCode::unavailable); });
}

void Lane::State::call(const std::function<void()>& function) {
    try {
        function();
    } catch (const std::exception& thrown) {
        threw.increment();
        log::event(log::Level::error, "lane.exception", {{"lane", options.name}, {"what", thrown.what()}});
    } catch (...) {
        threw.increment();
        log::event(log::Level::error, "lane.exception", {{"lane", options.name}});
    }
}

void Lane::State::close_and_join() {
    {
        const std::lock_guard lock(mutex);
        accepting = false;
        abandon = true;
    }
    work_came.notify_all();
    for (auto& thread : threads)
        thread.join();
    threads.clear();
}

Lane::Lane(LaneOptions options, telemetry::Metrics& metrics)
    : state_(std::make_unique<State>(std::move(options), metrics)) {
    CS_CHECK(state_->options.threads > 0);
    for (unsigned i = 0; i < state_->options.threads; ++i) {
        state_->threads.emplace_back([state = state_.get()] { state->work(); });
    }
}

Lane::~Lane() {
    state_->close_and_join();
}

Result<void> Lane::submit(Task task) {
    {
        const std::lock_guard lock(state_->mutex);
        if (!state_->accepting || !state_->has_room(task)) {
            (state_->accepting ? state_->refused : state_->closed).increment();
            return fail(ErrorCode::queue_full, "lane " + state_->options.name);
        }
        state_->queue.push({std::move(task), std::chrono::steady_clock::now()});
        state_->depth.set(static_cast<double>(state_->queue.size()));
    }
    state_->work_came.notify_one();
    return {};
}

void Lane::drain(Deadline deadline) {
    {
        std::unique_lock lock(state_->mutex);
        state_->accepting = false;
        state_->work_came.notify_all();
        const auto finished = [&] { return state_->queue.empty() && state_->running == 0; };
        const auto left = std::chrono::microseconds(deadline.remaining().value);
        if (left.count() > 0) state_->idle.wait_for(lock, left, finished);
        state_->abandon = true;
    }
    state_->close_and_join();
}

std::size_t Lane::depth() const {
    const std::lock_guard lock(state_->mutex);
    return state_->queue.size();
}

const std::string& Lane::name() const {
    return state_->options.name;
}

}  // namespace countersign::runtime
