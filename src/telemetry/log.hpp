#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>

#include "telemetry/log_line.hpp"

/// The log: events with named values, one JSON object a line. The one process-wide object of the server.
///
/// Before start() and after stop() a line is written to stderr by the calling thread. In between one writer
/// thread does it and callers never wait: when its queue is full the oldest lines are lost and counted.
///
/// Never give it query strings, tokens, cookies, scores or pictures.
///
/// Threads: every function is safe from any thread, start() and stop() from one at a time.
/// Source:  architecture.md §10.
namespace countersign::telemetry::log {

/// Writes finished lines. Called by one thread at a time; must not log.
using Writer = std::function<void(std::string_view line)>;

/// Starts the writer thread. `writer` empty means stderr. Calling it again replaces the writer.
void start(Level level, Writer writer = {});

/// Writes what is queued and ends the writer thread.
void stop();

/// Waits (at most a second) until the lines given so far are written.
void flush();

void set_level(Level level);
bool enabled(Level level);

/// Lines lost because the writer was slower than the callers.
std::uint64_t lost_lines();

/// `name` is a constant such as "http.request"; keys are constants in snake_case.
void event(Level level, std::string_view name, std::initializer_list<Field> fields = {});

/// Adds `request_id` to every event of this thread while it lives.
class RequestScope {
public:
    explicit RequestScope(std::string_view request_id);
    ~RequestScope();
    RequestScope(const RequestScope&) = delete;
    RequestScope& operator=(const RequestScope&) = delete;

private:
    std::string before_;
};

}  // namespace countersign::telemetry::log
