#include "store/migrator.hpp"

#include <array>
#include <utility>

namespace countersign::store {
namespace {

constexpr std::string_view kCreateTable = R"(
CREATE TABLE IF NOT EXISTS schema_migration (
    number     @int@ NOT NULL PRIMARY KEY,
    title      TEXT  NOT NULL,
    checksum   TEXT  NOT NULL,
    applied_at @int@ NOT NULL
))";

constexpr Statement kTableExists{
    .name = "migration.table_exists",
    .sql = "SELECT COUNT(*) AS found FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migration'",
    .postgres_sql =
        "SELECT COUNT(*) AS found FROM pg_catalog.pg_class WHERE oid = to_regclass('schema_migration')",
};
constexpr Statement kApplied{
    .name = "migration.applied",
    .sql = "SELECT number, title, checksum FROM schema_migration ORDER BY number",
};
constexpr Statement kRecord{
    .name = "migration.record",
    .sql = "INSERT INTO schema_migration (number, title, checksum, applied_at) VALUES ($1, $2, $3, $4)",
};

using Token = std::pair<std::string_view, std::string_view>;
constexpr std::array<Token, 3> kSqliteTypes{Token{"@int@", "INTEGER"}, Token{"@blob@", "BLOB"},
                                            Token{"@bool@", "INTEGER"}};
constexpr std::array<Token, 3> kPostgresTypes{Token{"@int@", "BIGINT"}, Token{"@blob@", "BYTEA"},
                                              Token{"@bool@", "SMALLINT"}};

Result<std::string> for_engine(Engine engine, std::string_view sql) {
    const auto& types = engine == Engine::sqlite ? kSqliteTypes : kPostgresTypes;
    std::string out(sql);
    for (const auto& [token, type] : types) {
        for (auto at = out.find(token); at != std::string::npos; at = out.find(token, at))
            out.replace(at, token.size(), type);
    }
    // A misspelt token would reach the engine as text; SQLite takes almost anything as a type name.
    if (out.find('@') != std::string::npos)
        return fail(ErrorCode::internal, "migration holds an unknown @token@");
    return out;
}

Result<void> check_list(std::span<const Migration> migrations) {
    int expected = 1;
    for (const auto& migration : migrations) {
        if (migration.number != expected) {
            return fail(ErrorCode::internal,
                        fmt::format("migration {} is missing from the program", expected));
        }
        if (migration.checksum.size() != 64) {
            return fail(ErrorCode::internal, fmt::format("migration {} has no checksum", expected));
        }
        ++expected;
    }
    return {};
}

/// How many steps the database has, after each of them was found unchanged.
Result<std::size_t> count_applied(Session& session, std::span<const Migration> migrations) {
    const auto exists_rows = CS_TRY(session.query(kTableExists));
    const auto exists = CS_TRY(exists_rows.one());
    if (CS_TRY(exists.integer("found")) == 0) return 0;

    const auto rows = CS_TRY(session.query(kApplied));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto number = CS_TRY(rows[i].integer("number"));
        const auto checksum = CS_TRY(rows[i].text("checksum"));
        if (i >= migrations.size()) {
            return fail(
                ErrorCode::precondition_failed,
                fmt::format(
                    "the database has schema step {}, this program knows {}: install the newer program "
                    "or restore a backup",
                    number, migrations.size()));
        }
        if (number != migrations[i].number) {
            return fail(
                ErrorCode::precondition_failed,
                fmt::format("schema step {} was never applied: restore a backup", migrations[i].number));
        }
        if (checksum != migrations[i].checksum) {
            return fail(
                ErrorCode::precondition_failed,
                fmt::format("schema step {} was changed after it had been applied: install the program that "
                            "made this database",
                            number));
        }
    }
    return rows.size();
}

Result<void> apply(Session& session, Engine engine, const Migration& migration, UnixMicros now) {
    const bool own_text = engine == Engine::postgres && !migration.postgres_sql.empty();
    const auto sql = CS_TRY(for_engine(engine, own_text ? migration.postgres_sql : migration.sql));
    auto done = session.execute_script(sql);
    if (!done) {
        done.error().detail =
            fmt::format("migration {} {}: {}", migration.number, migration.title, done.error().detail);
        return done;
    }
    CS_TRY(session.execute(kRecord, {migration.number, migration.title, migration.checksum, now}));
    return {};
}

}  // namespace

Result<std::vector<Migration>> Migrator::pending() {
    CS_TRY(check_list(migrations_));
    return in_transaction<std::vector<Migration>>(
        database_, Mode::read, [&](Session& session) -> Result<std::vector<Migration>> {
            const auto applied = CS_TRY(count_applied(session, migrations_));
            const auto rest = migrations_.subspan(applied);
            return std::vector<Migration>(rest.begin(), rest.end());
        });
}

Result<int> Migrator::migrate() {
    CS_TRY(check_list(migrations_));
    const auto create_table = CS_TRY(for_engine(database_.engine(), kCreateTable));
    return in_transaction<int>(database_, Mode::exclusive, [&](Session& session) -> Result<int> {
        const auto applied = CS_TRY(count_applied(session, migrations_));
        CS_TRY(session.execute_script(create_table));
        for (const auto& migration : migrations_.subspan(applied)) {
            CS_TRY(apply(session, database_.engine(), migration, clock_.now()));
        }
        return static_cast<int>(migrations_.size() - applied);
    });
}

Result<void> Migrator::verify() {
    const auto missing = CS_TRY(pending());
    if (missing.empty()) return {};
    return fail(ErrorCode::precondition_failed,
                fmt::format("{} schema steps are pending: run `countersign migrate`", missing.size()));
}

}  // namespace countersign::store
