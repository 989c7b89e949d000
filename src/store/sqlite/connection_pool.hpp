#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <vector>

#include "base/guarded.hpp"
#include "store/sqlite/connection.hpp"

namespace countersign::store::sqlite {

using Deadline = std::chrono::steady_clock::time_point;

/// At most `limit` connections, opened when first needed and lent to one thread at a time. Threads: safe.
class ConnectionPool {
public:
    /// A connection that goes back to its pool at the end of the scope. The pool outlives it.
    class Lease {
    public:
        Lease(ConnectionPool& pool, std::unique_ptr<Connection> connection)
            : pool_(&pool), connection_(std::move(connection)) {}
        ~Lease() {
            if (connection_) pool_->give_back(std::move(connection_));
        }
        Lease(Lease&&) = default;
        Lease& operator=(Lease&&) = delete;

        Connection& operator*() const { return *connection_; }
        Connection* operator->() const { return connection_.get(); }

    private:
        ConnectionPool* pool_;
        std::unique_ptr<Connection> connection_;
    };

    ConnectionPool(std::filesystem::path path, Access access, std::size_t limit)
        : path_(std::move(path)), access_(access), limit_(limit) {}

    /// Waits for its turn. Errors: unavailable when the deadline passes or a connection cannot be opened.
    Result<Lease> take(Deadline deadline);

private:
    struct State {
        std::vector<std::unique_ptr<Connection>> idle;
        std::size_t lent{0};
    };

    void give_back(std::unique_ptr<Connection> connection);
    Result<Lease> open_another();

    std::filesystem::path path_;
    Access access_;
    std::size_t limit_;
    Guarded<State> state_;
    std::condition_variable returned_;
};

}  // namespace countersign::store::sqlite
