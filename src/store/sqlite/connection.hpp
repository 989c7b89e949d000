#pragma once

#include <sqlite3.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "store/database.hpp"

namespace countersign::store::sqlite {

struct CloseConnection {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
struct FinalizeStatement {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

enum class Access { read, write };

/// One SQLite connection with its prepared statements. Not thread-safe; lent to one thread at a time.
///
/// It remembers what went wrong since `forget_faults`, because the transaction around it decides by that: a
/// busy lock is tried again, an I/O error ends the process, any fault forbids the commit.
class Connection final : public Session {
public:
    /// An empty path opens a private database in memory. Errors: unavailable.
    static Result<std::unique_ptr<Connection>> open(const std::filesystem::path& path, Access access);

    Result<Rows> query(const Statement& statement, const Values& values) override;
    Result<std::int64_t> execute(const Statement& statement, const Values& values) override;
    Result<void> execute_script(std::string_view sql) override;

    /// BEGIN, COMMIT and the like. `sql` is a literal.
    Result<void> control(const char* sql);

    /// Ends an open transaction without keeping anything. Never fails: SQLite may have rolled back already.
    void roll_back();

    /// Empties the write-ahead log into the main file. Errors: unavailable when a reader is in the way.
    Result<void> checkpoint();

    void forget_faults();
    bool was_busy() const { return busy_; }
    const std::optional<Error>& fault() const { return fault_; }
    const std::string& io_fault() const { return io_fault_; }

private:
    using Prepared = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

    explicit Connection(sqlite3* database) : database_(database) {}
    Result<void> configure(Access access, bool in_memory);
    Result<sqlite3_stmt*> prepare(const Statement& statement);
    Result<void> bind(sqlite3_stmt* prepared, const Statement& statement, const Values& values);
    Result<Rows> read_rows(sqlite3_stmt* prepared, const Statement& statement);
    tl::unexpected<Error> failure(int code, std::string_view what);
    void note_io_fault(int extended_code);
    static int after_commit(void* self, sqlite3* database, const char* name, int pages);

    std::unique_ptr<sqlite3, CloseConnection> database_;  // before the statements: they are finalised first
    std::unordered_map<std::string, Prepared> prepared_;
    bool busy_{false};
    std::optional<Error> fault_;
    std::string io_fault_;
};

}  // namespace countersign::store::sqlite
