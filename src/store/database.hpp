#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "store/rows.hpp"
#include "store/statement.hpp"
#include "store/value.hpp"

namespace countersign::store {

enum class Engine { sqlite, postgres };

/// `exclusive` keeps every other writer out, also of other processes: for the migrator alone.
enum class Mode { read, write, exclusive };

/// One connection inside one transaction. Not thread-safe; valid only while `Database::transact` runs.
///
/// Errors of both calls: conflict (a unique value exists already), storage_full, unavailable (busy, or
/// another server fault: deny), internal (wrong SQL, wrong parameter count, another broken constraint). After
/// an error the transaction is over: return the error from the work function.
class Session {
public:
    virtual ~Session() = default;

    /// Runs a statement and reads its rows: SELECT, or a change with RETURNING.
    virtual Result<Rows> query(const Statement& statement, const Values& values = {}) = 0;

    /// Runs a statement without rows and returns how many rows it changed.
    virtual Result<std::int64_t> execute(const Statement& statement, const Values& values = {}) = 0;

    /// Runs several statements without parameters: for the migrator alone.
    virtual Result<void> execute_script(std::string_view sql) = 0;
};

using Work = std::function<Result<void>(Session&)>;

/// A store of rows that is the only truth of the server.
///
/// `transact` commits durably (it has been synced to disk) before it returns success; when the work function
/// returns an error, everything it did is rolled back and that error is returned. The work function may run
/// twice, so it has no side effect but SQL. No call nests inside another on the same thread (internal).
///
/// Errors:  as Session, and unavailable when the lock could not be had in time. An I/O error while committing
/// is
///          not an error value: what is on disk is unknown then, so the process ends (requirement S5).
/// Threads: safe; blocks.
class Database {
public:
    virtual ~Database() = default;

    virtual Engine engine() const = 0;
    virtual Result<void> transact(Mode mode, const Work& work) = 0;

    /// Reads and writes nothing but asks the engine whether its files are sound. Slow on big files.
    virtual Result<void> quick_check() = 0;

    /// Moves the write-ahead log into the main file and empties it: after a deletion that must leave no
    /// trace.
    virtual Result<void> checkpoint() = 0;
};

/// `transact` for work that yields a value: `in_transaction<int>(database, Mode::read, [&](Session& s) { …
/// })`.
template <class T, class F>
Result<T> in_transaction(Database& database, Mode mode, F&& work) {
    std::optional<T> value;
    CS_TRY(database.transact(mode, [&](Session& session) -> Result<void> {
        value.reset();
        Result<T> result = work(session);
        if (!result) return tl::unexpected(std::move(result).error());
        value.emplace(std::move(*result));
        return {};
    }));
    return std::move(*value);
}

}  // namespace countersign::store
