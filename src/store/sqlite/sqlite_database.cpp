#include "store/sqlite/sqlite_database.hpp"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <set>
#include <string>
#include <thread>

#include "base/guarded.hpp"
#include "store/sqlite/connection_pool.hpp"

namespace countersign::store {
namespace {

using sqlite::Access;
using sqlite::Connection;
using sqlite::ConnectionPool;
using sqlite::Deadline;

constexpr int kFatalStatus = 70;  // EX_SOFTWARE of sysexits.h
constexpr std::uint32_t kMaxPauseMs = 20;
constexpr Statement kQuickCheck{.name = "sqlite.quick_check", .sql = "PRAGMA quick_check"};

const char* begin_of(Mode mode) {
    switch (mode) {
        case Mode::read:
            return "BEGIN";
        case Mode::write:
            return "BEGIN IMMEDIATE";
        case Mode::exclusive:
            return "BEGIN EXCLUSIVE";
    }
    return "BEGIN EXCLUSIVE";
}

/// Rolls back on every way out, also when the work throws. After a commit there is nothing left to roll back.
class RollBackWhenDone {
public:
    explicit RollBackWhenDone(Connection& connection) : connection_(connection) {}
    ~RollBackWhenDone() { connection_.roll_back(); }
    RollBackWhenDone(const RollBackWhenDone&) = delete;
    RollBackWhenDone& operator=(const RollBackWhenDone&) = delete;

private:
    Connection& connection_;
};

Result<void> run_once(Connection& connection, Mode mode, const Work& work) {
    connection.forget_faults();
    CS_TRY(connection.control(begin_of(mode)));
    const RollBackWhenDone roll_back(connection);
    CS_TRY(work(connection));
    // PostgreSQL refuses to go on after a failed statement; a program that ignores one must not pass on
    // SQLite either.
    if (connection.fault()) return tl::unexpected(*connection.fault());
    return connection.control("COMMIT");
}

/// The set of threads that are inside a transaction: a second one on the same thread would wait for itself.
class Inside {
public:
    using Threads = Guarded<std::set<std::thread::id>>;
    explicit Inside(Threads& threads) : threads_(threads) {
        entered_ = threads_.lock()->insert(std::this_thread::get_id()).second;
    }
    ~Inside() {
        if (entered_) threads_.lock()->erase(std::this_thread::get_id());
    }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;
    bool nested() const { return !entered_; }

private:
    Threads& threads_;
    bool entered_;
};

class SqliteDatabase final : public Database {
public:
    SqliteDatabase(SqliteOptions options, Random& random)
        : options_(std::move(options)),
          random_(random),
          writer_(options_.path, Access::write, 1),
          readers_(options_.path, Access::read, options_.readers) {}

    Engine engine() const override { return Engine::sqlite; }

    Result<void> transact(Mode mode, const Work& work) override {
        return with_connection(mode,
                               [&](Connection& connection) { return run_once(connection, mode, work); });
    }

    Result<void> quick_check() override {
        return transact(Mode::read, [](Session& session) -> Result<void> {
            const auto rows = CS_TRY(session.query(kQuickCheck));
            const auto row = CS_TRY(rows.one());
            const auto verdict = CS_TRY(row.text(0));
            if (verdict != "ok") return fail(ErrorCode::unavailable, "database is damaged: " + verdict);
            return {};
        });
    }

    Result<void> checkpoint() override {
        return with_connection(Mode::write, [](Connection& connection) {
            connection.forget_faults();
            return connection.checkpoint();
        });
    }

private:
    /// Takes a connection and runs `run`, again with pauses while somebody else holds the lock.
    template <class Run>
    Result<void> with_connection(Mode mode, Run&& run) {
        const Inside inside(threads_inside_);
        if (inside.nested()) return fail(ErrorCode::internal, "a transaction inside a transaction");
        const auto deadline =
            std::chrono::steady_clock::now() + std::chrono::microseconds(options_.lock_timeout.value);
        while (true) {
            if (failed_) return fail(ErrorCode::unavailable, "the database met an I/O error");
            auto outcome = CS_TRY(attempt(mode, deadline, run));
            if (!outcome.busy) return std::move(outcome.result);
            if (std::chrono::steady_clock::now() >= deadline) {
                return fail(ErrorCode::unavailable, "the database stayed locked by another process");
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(1 + random_.below(kMaxPauseMs)));
        }
    }

    struct Outcome {
        Result<void> result;
        bool busy;
    };

    template <class Run>
    Result<Outcome> attempt(Mode mode, Deadline deadline, Run& run) {
        const auto connection = CS_TRY(pool_for(mode).take(deadline));
        auto result = run(*connection);
        if (mode != Mode::read && !connection->io_fault().empty()) {
            // What the disk holds is unknown now, and a second fsync may lie. Never retried (requirement S5).
            failed_ = true;
            options_.on_fatal(connection->io_fault());
            result = fail(ErrorCode::unavailable, "the database met an I/O error");
        }
        const bool busy = !result && connection->was_busy() && !failed_;
        return Outcome{.result = std::move(result), .busy = busy};
    }

    ConnectionPool& pool_for(Mode mode) {
        const bool in_memory = options_.path.empty();
        return mode == Mode::read && !in_memory ? readers_ : writer_;
    }

    SqliteOptions options_;
    Random& random_;
    ConnectionPool writer_;
    ConnectionPool readers_;
    Inside::Threads threads_inside_;
    std::atomic<bool> failed_{false};
};

// SQLite would make the file readable by everybody, and its log files take over the mode of the main file.
Result<void> make_file(const std::filesystem::path& path) {
    const auto problem = [&] {
        return fail(ErrorCode::unavailable,
                    fmt::format("cannot make database {}: {}", path.string(), ::strerrordesc_np(errno)));
    };
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0) return problem();
    ::close(file);
    const auto folder_path = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    const int folder = ::open(folder_path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return problem();
    const bool synced = ::fsync(folder) == 0;
    ::close(folder);
    if (!synced) return problem();
    return {};
}

}  // namespace

void exit_at_once(std::string_view reason) {
    std::string line = R"({"level":"fatal","event":"store.io_error","reason":")";
    line.append(reason).append("\"}\n");
    // Nothing can be done if even this fails: the status says it all.
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
    ::_exit(kFatalStatus);
}

Result<std::unique_ptr<Database>> open_sqlite(SqliteOptions options, Random& random) {
    if (!options.path.empty()) CS_TRY(make_file(options.path));
    std::unique_ptr<Database> database = std::make_unique<SqliteDatabase>(std::move(options), random);
    // The first transaction opens the file, switches it to WAL and tells early when it is no database.
    CS_TRY(database->transact(Mode::write, [](Session&) -> Result<void> { return {}; }));
    return database;
}

}  // namespace countersign::store
