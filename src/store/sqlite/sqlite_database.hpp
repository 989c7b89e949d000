#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <string_view>

#include "base/random.hpp"
#include "base/time.hpp"
#include "store/database.hpp"

namespace countersign::store {

/// Called when a commit met an I/O error. `reason` names the SQLite error and holds no data.
using FatalHandler = std::function<void(std::string_view reason)>;

/// Writes one line to standard error and ends the process with status 70, without destructors.
[[noreturn]] void exit_at_once(std::string_view reason);

struct SqliteOptions {
    std::filesystem::path path;            // made with mode 0600 when missing; empty: in memory, for tests
    std::size_t readers = 4;               // read connections kept open; more are never made
    Micros lock_timeout = seconds(10);     // how long one transaction may wait for its turn
    FatalHandler on_fatal = exit_at_once;  // must not return in production
};

/// SQLite in WAL mode with `synchronous=FULL`, foreign keys and secure deletion.
///
/// One writer connection under a lock and a pool of readers; in memory, one connection serves both. Another
/// process that holds the lock (the command line beside the server) is waited for with jitter up to the
/// time-out. `random` must outlive the database. Errors: unavailable when the file cannot be opened.
Result<std::unique_ptr<Database>> open_sqlite(SqliteOptions options, Random& random);

}  // namespace countersign::store
