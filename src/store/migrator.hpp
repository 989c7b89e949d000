#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "store/database.hpp"

namespace countersign::store {

/// One step of the schema. `sql` is portable; the tokens `@int@`, `@blob@` and `@bool@` become the column
/// types of the engine. A non-empty `postgres_sql` replaces it there. `checksum` is the SHA-256 of the
/// file(s) in hex.
struct Migration {
    int number{0};
    std::string_view title;
    std::string_view sql;
    std::string_view checksum;
    std::string_view postgres_sql{};
};

/// The files of db/migrations, embedded when the program was built, in the order of their numbers.
std::span<const Migration> embedded_migrations();

/// Brings a database to the schema of this program: forward only, each step once, all under one exclusive
/// lock.
///
/// Every call first compares what was applied with what the program knows. A step that was changed
/// afterwards, a gap, or a step of a newer program is an error that changes nothing.
///
/// Errors:  precondition_failed (the database does not fit the program; the text says what to do), internal
/// (the
///          list itself is faulty), or the error of the failing statement.
/// Threads: not safe; several processes may call `migrate` at once.
class Migrator {
public:
    /// `migrations` must outlive the migrator and be numbered 1, 2, 3 …
    Migrator(Database& database, const Clock& clock, std::span<const Migration> migrations)
        : database_(database), clock_(clock), migrations_(migrations) {}

    /// What `migrate` would apply. Empty: the schema is current.
    Result<std::vector<Migration>> pending();

    /// Applies what is pending and returns how many steps that were.
    Result<int> migrate();

    /// Success only when the schema is current and unchanged: what a server checks before it serves.
    Result<void> verify();

private:
    Database& database_;
    const Clock& clock_;
    std::span<const Migration> migrations_;
};

}  // namespace countersign::store
