#include "store/sqlite/connection_pool.hpp"

namespace countersign::store::sqlite {

Result<ConnectionPool::Lease> ConnectionPool::take(Deadline deadline) {
    {
        auto state = state_.lock();
        const auto free = [&] { return state->lent < limit_; };
        if (!returned_.wait_until(state.native_lock(), deadline, free)) {
            return fail(ErrorCode::unavailable, "no database connection became free in time");
        }
        ++state->lent;
        if (!state->idle.empty()) {
            auto connection = std::move(state->idle.back());
            state->idle.pop_back();
            return Lease(*this, std::move(connection));
        }
    }
    return open_another();
}

Result<ConnectionPool::Lease> ConnectionPool::open_another() {
    auto connection = Connection::open(path_, access_);
    if (!connection) {
        give_back(nullptr);
        return tl::unexpected(std::move(connection).error());
    }
    return Lease(*this, std::move(*connection));
}

void ConnectionPool::give_back(std::unique_ptr<Connection> connection) {
    {
        auto state = state_.lock();
        --state->lent;
        if (connection) state->idle.push_back(std::move(connection));
    }
    returned_.notify_one();
}

}  // namespace countersign::store::sqlite
