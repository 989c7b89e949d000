#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "runtime/deadline.hpp"
#include "telemetry/metrics.hpp"

namespace countersign::net {

/// One open connection, HTTP or WebSocket. Both calls may come from any thread and only ask.
class Connection {
public:
    virtual ~Connection() = default;

    /// Close when nothing is under way; else after it.
    virtual void finish_up() = 0;

    /// Close now.
    virtual void abort() = 0;
};

/// The open connections of a server, so that it can end them and wait for their end.
///
/// A connection removes itself in its destructor.
/// Threads: safe from any thread.
class ConnectionSet {
public:
    ConnectionSet(telemetry::Gauge open, std::size_t max) : open_(open), max_(max) {}

    /// Whether one more fits.
    bool has_room() const;

    /// After finish_up_all() a new connection is asked to finish up at once.
    void add(const std::shared_ptr<Connection>& connection);
    void remove(const Connection* connection);

    void finish_up_all();
    void abort_all();

    /// False when connections are left at the deadline.
    bool wait_until_empty(runtime::Deadline deadline);

    bool finishing() const { return finishing_; }

private:
    std::vector<std::shared_ptr<Connection>> living();

    const telemetry::Gauge open_;
    const std::size_t max_;
    std::atomic<bool> finishing_{false};
    mutable std::mutex mutex_;
    std::condition_variable emptied_;
    std::unordered_map<const Connection*, std::weak_ptr<Connection>> connections_;
};

}  // namespace countersign::net
