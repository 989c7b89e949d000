#include "telemetry/log.hpp"

#include <spdlog/async_logger.h>
#include <spdlog/details/thread_pool.h>
#include <spdlog/sinks/sink.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <memory>
#include <mutex>
#include <thread>

namespace countersign::telemetry::log {
namespace {

constexpr std::size_t kQueueLines = 4096;

void write_to_stderr(std::string_view line) {
    std::fwrite(line.data(), 1, line.size(), stderr);
}

/// Hands finished lines on as they are: they are formatted before they are queued.
class LineSink final : public spdlog::sinks::sink {
public:
    explicit LineSink(Writer writer) : writer_(std::move(writer)) {}

    void log(const spdlog::details::log_msg& message) override {
        writer_(std::string_view(message.payload.data(), message.payload.size()));
        written_.fetch_add(1, std::memory_order_release);
    }
    void flush() override {}
    void set_pattern(const std::string&) override {}
    void set_formatter(std::unique_ptr<spdlog::formatter>) override {}

    std::uint64_t written() const { return written_.load(std::memory_order_acquire); }

private:
    Writer writer_;
    std::atomic<std::uint64_t> written_{0};
};

/// Queue, thread and sink of one start(). The thread pool is last: its destructor writes the queue out.
struct Running {
    explicit Running(Writer writer) : sink(std::make_shared<LineSink>(std::move(writer))) {
        pool = std::make_shared<spdlog::details::thread_pool>(kQueueLines, 1);
        logger = std::make_shared<spdlog::async_logger>("countersign", sink, pool,
                                                        spdlog::async_overflow_policy::overrun_oldest);
        logger->set_level(spdlog::level::trace);
    }

    void give(std::string_view line) {
        given.fetch_add(1, std::memory_order_relaxed);
        logger->log(spdlog::level::info, spdlog::string_view_t(line.data(), line.size()));
    }

    std::shared_ptr<LineSink> sink;
    std::shared_ptr<spdlog::async_logger> logger;
    std::shared_ptr<spdlog::details::thread_pool> pool;
    std::atomic<std::uint64_t> given{0};
};

struct Sink {
    std::mutex mutex;                  // guards `running`, and stderr while there is none
    std::shared_ptr<Running> running;  // shared with events under way in other threads
    std::atomic<Level> level{Level::info};
    std::atomic<std::uint64_t> lost{0};
};

Sink& the_sink() {
    static Sink sink;
    return sink;
}

thread_local std::string current_request_id;

std::shared_ptr<Running> exchange(std::shared_ptr<Running> next) {
    const std::lock_guard lock(the_sink().mutex);
    std::swap(the_sink().running, next);
    return next;
}

void finish(const std::shared_ptr<Running>& running) {
    if (running) the_sink().lost.fetch_add(running->pool->overrun_counter());
}

}  // namespace

void start(Level level, Writer writer) {
    set_level(level);
    if (!writer) writer = write_to_stderr;
    finish(exchange(std::make_shared<Running>(std::move(writer))));
}

void stop() {
    finish(exchange(nullptr));
}

void flush() {
    std::shared_ptr<Running> running;
    {
        const std::lock_guard lock(the_sink().mutex);
        running = the_sink().running;
    }
    if (!running) return;
    const auto given = running->given.load(std::memory_order_relaxed);
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(1);
    while (running->sink->written() + running->pool->overrun_counter() < given &&
           std::chrono::steady_clock::now() < end) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

void set_level(Level level) {
    the_sink().level.store(level, std::memory_order_relaxed);
}

bool enabled(Level level) {
    return level >= the_sink().level.load(std::memory_order_relaxed);
}

std::uint64_t lost_lines() {
    const std::lock_guard lock(the_sink().mutex);
    const auto& running = the_sink().running;
    return the_sink().lost.load() + (running ? running->pool->overrun_counter() : 0);
}

void event(Level level, std::string_view name, std::initializer_list<Field> fields) {
    if (!enabled(level)) return;
    const LineHead head{SystemClock().now(), level, name, current_request_id};
    const std::string line = make_line(head, fields);
    std::shared_ptr<Running> running;
    {
        const std::lock_guard lock(the_sink().mutex);
        running = the_sink().running;
        if (!running) write_to_stderr(line);
    }
    if (running) running->give(line);
}

RequestScope::RequestScope(std::string_view request_id) : before_(std::move(current_request_id)) {
    current_request_id = request_id;
}

RequestScope::~RequestScope() {
    current_request_id = std::move(before_);
}

}  // namespace countersign::telemetry::log
