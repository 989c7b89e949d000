#include "store/sqlite/connection.hpp"

#include <array>

namespace countersign::store::sqlite {
namespace {

constexpr int kCheckpointPages = 1000;

int primary(int code) {
    return code & 0xff;
}

ErrorCode to_error_code(int code) {
    if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY ||
        code == SQLITE_CONSTRAINT_ROWID) {
        return ErrorCode::conflict;
    }
    switch (primary(code)) {
        case SQLITE_FULL:
            return ErrorCode::storage_full;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
        case SQLITE_READONLY:
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return ErrorCode::unavailable;
        default:
            return ErrorCode::internal;
    }
}

Result<Value> read_cell(sqlite3_stmt* prepared, int column) {
    const auto size = [&] { return static_cast<std::size_t>(sqlite3_column_bytes(prepared, column)); };
    switch (sqlite3_column_type(prepared, column)) {
        case SQLITE_NULL:
            return Value{};
        case SQLITE_INTEGER:
            return Value(sqlite3_column_int64(prepared, column));
        case SQLITE_TEXT: {
            const auto* const text = sqlite3_column_text(prepared, column);
            return Value(std::string(reinterpret_cast<const char*>(text), size()));
        }
        case SQLITE_BLOB: {
            const auto* const data = static_cast<const std::uint8_t*>(sqlite3_column_blob(prepared, column));
            return Value(ByteView(data, size()));
        }
        default:
            return fail(ErrorCode::internal, "column holds a floating-point number");
    }
}

int bind_value(sqlite3_stmt* prepared, int index, const Value& value) {
    // The values outlive the statement's run, so SQLite need not copy them (SQLITE_STATIC).
    if (const auto* number = value.integer()) return sqlite3_bind_int64(prepared, index, *number);
    if (const auto* text = value.text()) {
        return sqlite3_bind_text64(prepared, index, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
    }
    if (const auto* blob = value.blob()) {
        if (blob->empty())
            return sqlite3_bind_zeroblob(prepared, index, 0);  // a null pointer would bind NULL
        return sqlite3_bind_blob64(prepared, index, blob->data(), blob->size(), SQLITE_STATIC);
    }
    return sqlite3_bind_null(prepared, index);
}

/// Leaves a prepared statement ready for the next run and without pointers into the values of this one.
class ResetWhenDone {
public:
    explicit ResetWhenDone(sqlite3_stmt* prepared) : prepared_(prepared) {}
    ~ResetWhenDone() {
        sqlite3_reset(prepared_);
        sqlite3_clear_bindings(prepared_);
    }
    ResetWhenDone(const ResetWhenDone&) = delete;
    ResetWhenDone& operator=(const ResetWhenDone&) = delete;

private:
    sqlite3_stmt* prepared_;
};

}  // namespace

Result<std::unique_ptr<Connection>> Connection::open(const std::filesystem::path& path, Access access) {
    const bool in_memory = path.empty();
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                      (in_memory ? SQLITE_OPEN_MEMORY | SQLITE_OPEN_CREATE : 0);
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(in_memory ? ":memory:" : path.c_str(), &raw, flags, nullptr);
    std::unique_ptr<Connection> connection(new Connection(raw));
    if (code != SQLITE_OK) {
        return fail(ErrorCode::unavailable,
                    fmt::format("cannot open database {}: {}", path.string(), sqlite3_errstr(code)));
    }
    CS_TRY(connection->configure(access, in_memory));
    return connection;
}

Result<void> Connection::configure(Access access, bool in_memory) {
    sqlite3_busy_timeout(database_.get(), 1000);  // another process may be just opening or migrating
    for (const int option :
         {SQLITE_DBCONFIG_DQS_DML, SQLITE_DBCONFIG_DQS_DDL, SQLITE_DBCONFIG_TRUSTED_SCHEMA}) {
        sqlite3_db_config(database_.get(), option, 0, nullptr);
    }
    sqlite3_db_config(database_.get(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    if (!in_memory) CS_TRY(control("PRAGMA journal_mode = WAL"));
    CS_TRY(control("PRAGMA synchronous = FULL"));
    CS_TRY(control("PRAGMA foreign_keys = ON"));
    CS_TRY(control("PRAGMA secure_delete = ON"));  // deleted key material is overwritten, not just unlinked
    CS_TRY(control("PRAGMA temp_store = MEMORY"));
    // KiB. SQLite's own 2 MB hold the upper pages of a few indexes; lists over 100,000 users need more of
    // them.
    CS_TRY(control(access == Access::read ? "PRAGMA cache_size = -16384" : "PRAGMA cache_size = -32768"));
    if (access == Access::read) CS_TRY(control("PRAGMA query_only = ON"));
    sqlite3_busy_timeout(database_.get(), 0);  // from here on the transaction waits itself, with jitter
    sqlite3_wal_hook(database_.get(), &Connection::after_commit, this);
    return {};
}

// SQLite's own hook ignores an error of the checkpoint. Here a failed sync of the main file counts like one
// of the log.
int Connection::after_commit(void* self, sqlite3* database, const char* name, int pages) {
    if (pages < kCheckpointPages) return SQLITE_OK;
    const int code = sqlite3_wal_checkpoint_v2(database, name, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    if (primary(code) == SQLITE_IOERR) static_cast<Connection*>(self)->note_io_fault(code);
    return SQLITE_OK;
}

void Connection::note_io_fault(int extended_code) {
    if (io_fault_.empty()) io_fault_ = fmt::format("{} ({})", sqlite3_errstr(extended_code), extended_code);
}

tl::unexpected<Error> Connection::failure(int code, std::string_view what) {
    busy_ = busy_ || primary(code) == SQLITE_BUSY;
    if (primary(code) == SQLITE_IOERR) note_io_fault(code);
    auto error = fail(to_error_code(code), fmt::format("{}: {}", what, sqlite3_errmsg(database_.get())));
    if (!fault_) fault_ = error.value();
    return error;
}

void Connection::forget_faults() {
    busy_ = false;
    fault_.reset();
    io_fault_.clear();
}

Result<sqlite3_stmt*> Connection::prepare(const Statement& statement) {
    const std::string sql(statement.sql);
    if (const auto known = prepared_.find(sql); known != prepared_.end()) return known->second.get();
    sqlite3_stmt* raw = nullptr;
    const char* rest = nullptr;
    const int code = sqlite3_prepare_v3(database_.get(), sql.c_str(), static_cast<int>(sql.size()) + 1,
                                        SQLITE_PREPARE_PERSISTENT, &raw, &rest);
    Prepared prepared(raw);
    if (code != SQLITE_OK) return failure(code, statement.name);
    if (raw == nullptr || *rest != '\0') {
        auto error = fail(ErrorCode::internal, fmt::format("{}: not exactly one statement", statement.name));
        fault_ = error.value();
        return error;
    }
    return prepared_.emplace(sql, std::move(prepared)).first->second.get();
}

// `$1` is a *named* parameter for SQLite, numbered by first appearance, so each one is looked up by its name.
Result<void> Connection::bind(sqlite3_stmt* prepared, const Statement& statement, const Values& values) {
    bool fits = static_cast<std::size_t>(sqlite3_bind_parameter_count(prepared)) == values.size();
    for (std::size_t i = 0; fits && i < values.size(); ++i) {
        const int index = sqlite3_bind_parameter_index(prepared, fmt::format("${}", i + 1).c_str());
        fits = index != 0;
        if (!fits) break;
        const int code = bind_value(prepared, index, values[i]);
        if (code != SQLITE_OK) return failure(code, statement.name);
    }
    if (fits) return {};
    auto error = fail(ErrorCode::internal,
                      fmt::format("{}: parameters do not fit $1 … ${}", statement.name, values.size()));
    fault_ = error.value();
    return error;
}

Result<Rows> Connection::read_rows(sqlite3_stmt* prepared, const Statement& statement) {
    const int width = sqlite3_column_count(prepared);
    std::vector<std::string> columns;
    for (int column = 0; column < width; ++column)
        columns.emplace_back(sqlite3_column_name(prepared, column));
    Rows rows(std::move(columns));
    while (true) {
        const int code = sqlite3_step(prepared);
        if (code == SQLITE_DONE) return rows;
        if (code != SQLITE_ROW) return failure(code, statement.name);
        Values cells;
        cells.reserve(static_cast<std::size_t>(width));
        for (int column = 0; column < width; ++column)
            cells.push_back(CS_TRY(read_cell(prepared, column)));
        rows.append(std::move(cells));
    }
}

Result<Rows> Connection::query(const Statement& statement, const Values& values) {
    auto* const prepared = CS_TRY(prepare(statement));
    const ResetWhenDone reset(prepared);
    CS_TRY(bind(prepared, statement, values));
    return read_rows(prepared, statement);
}

Result<std::int64_t> Connection::execute(const Statement& statement, const Values& values) {
    const auto before = sqlite3_total_changes64(database_.get());
    CS_TRY(query(statement, values));
    const bool changed = sqlite3_total_changes64(database_.get()) != before;
    return changed ? sqlite3_changes64(database_.get()) : 0;
}

Result<void> Connection::execute_script(std::string_view sql) {
    const std::string text(sql);
    const int code = sqlite3_exec(database_.get(), text.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return failure(code, "script");
    return {};
}

Result<void> Connection::control(const char* sql) {
    const int code = sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return failure(code, sql);
    return {};
}

void Connection::roll_back() {
    if (sqlite3_get_autocommit(database_.get()) != 0) return;
    const int code = sqlite3_exec(database_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
    if (primary(code) == SQLITE_IOERR) note_io_fault(code);
}

Result<void> Connection::checkpoint() {
    const int code =
        sqlite3_wal_checkpoint_v2(database_.get(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    if (code != SQLITE_OK) return failure(code, "checkpoint");
    return {};
}

}  // namespace countersign::store::sqlite
