#include "net/connection_set.hpp"

#include <chrono>

namespace countersign::net {

bool ConnectionSet::has_room() const {
    const std::lock_guard lock(mutex_);
    return connections_.size() < max_;
}

void ConnectionSet::add(const std::shared_ptr<Connection>& connection) {
    {
        const std::lock_guard lock(mutex_);
        connections_.emplace(connection.get(), connection);
        open_.set(static_cast<double>(connections_.size()));
    }
    if (finishing_) connection->finish_up();
}

void ConnectionSet::remove(const Connection* connection) {
    const std::lock_guard lock(mutex_);
    connections_.erase(connection);
    open_.set(static_cast<double>(connections_.size()));
    if (connections_.empty()) emptied_.notify_all();
}

std::vector<std::shared_ptr<Connection>> ConnectionSet::living() {
    const std::lock_guard lock(mutex_);
    std::vector<std::shared_ptr<Connection>> living;
    for (const auto& [key, weak] : connections_) {
        if (auto connection = weak.lock()) living.push_back(std::move(connection));
    }
    return living;
}

void ConnectionSet::finish_up_all() {
    finishing_ = true;
    for (const auto& connection : living())
        connection->finish_up();
}

void ConnectionSet::abort_all() {
    for (const auto& connection : living())
        connection->abort();
}

bool ConnectionSet::wait_until_empty(runtime::Deadline deadline) {
    std::unique_lock lock(mutex_);
    return emptied_.wait_for(lock, std::chrono::microseconds(deadline.remaining().value),
                             [&] { return connections_.empty(); });
}

}  // namespace countersign::net
