#include "store/sqlite/sqlite_database.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <limits>
#include <set>
#include <stdexcept>
#include <thread>

#include "store/sqlite/test_database.hpp"
#include "tests/support/fakes.hpp"

namespace countersign::store {
namespace {

using testing::read;
using testing::read_number;
using testing::run;
using testing::run_script;
using testing::TemporaryFolder;

/// Every case runs on a file and in memory: the two must not differ.
class SqliteTest : public ::testing::TestWithParam<const char*> {
protected:
    bool in_memory() const { return std::string_view(GetParam()) == "memory"; }
    SqliteOptions options() const {
        SqliteOptions chosen;
        if (!in_memory()) chosen.path = folder / "test.db";
        return chosen;
    }

    TemporaryFolder folder;
    countersign::testing::FakeRandom random;
    std::unique_ptr<Database> database = open_sqlite(options(), random).value();
};
INSTANTIATE_TEST_SUITE_P(Sqlite, SqliteTest, ::testing::Values("memory", "file"),
                         [](const auto& chosen) { return std::string(chosen.param); });

TEST_P(SqliteTest, GivesBackEveryKindOfValueUnchanged) {
    ASSERT_TRUE(run_script(*database, "CREATE TABLE cell (a INTEGER, b TEXT, c BLOB, d TEXT)"));
    const Bytes all_bytes{0, 1, 127, 128, 255, 0};
    const std::string text("a\0b ü €", 10);
    for (const std::int64_t number : {std::numeric_limits<std::int64_t>::min(), std::int64_t{0},
                                      std::numeric_limits<std::int64_t>::max()}) {
        ASSERT_TRUE(run(*database, "DELETE FROM cell"));
        ASSERT_EQ(run(*database, "INSERT INTO cell (a, b, c, d) VALUES ($1, $2, $3, $4)",
                      {number, text, all_bytes, nullptr})
                      .value(),
                  1);
        const auto rows = read(*database, "SELECT a, b, c, d FROM cell").value();
        EXPECT_EQ(rows[0].integer("a").value(), number);
        EXPECT_EQ(rows[0].text("b").value(), text);
        EXPECT_EQ(rows[0].blob("c").value(), all_bytes);
        EXPECT_TRUE(rows[0].cell("d")->is_null());
    }
}

TEST_P(SqliteTest, KeepsEmptyTextAndEmptyBlobApartFromNull) {
    ASSERT_TRUE(run_script(*database, "CREATE TABLE cell (b TEXT NOT NULL, c BLOB NOT NULL)"));
    ASSERT_TRUE(run(*database, "INSERT INTO cell (b, c) VALUES ($1, $2)", {"", Bytes{}}));
    const auto rows = read(*database, "SELECT b, c FROM cell").value();
    EXPECT_EQ(rows[0].text("b").value(), "");
    EXPECT_EQ(rows[0].blob("c").value(), Bytes{});
}

TEST_P(SqliteTest, BindsByNumberWhateverTheOrderInTheText) {
    const auto rows =
        read(*database, "SELECT $2 AS second, $1 AS first, $2 AS again", {"one", "two"}).value();
    EXPECT_EQ(rows[0].text("first").value(), "one");
    EXPECT_EQ(rows[0].text("second").value(), "two");
    EXPECT_EQ(rows[0].text("again").value(), "two");
}

TEST_P(SqliteTest, RefusesParametersThatDoNotFit) {
    EXPECT_EQ(read(*database, "SELECT $1").error().code, ErrorCode::internal);
    EXPECT_EQ(read(*database, "SELECT $1", {1, 2}).error().code, ErrorCode::internal);
    EXPECT_EQ(read(*database, "SELECT $1, $3", {1, 2}).error().code, ErrorCode::internal);
    EXPECT_EQ(read(*database, "SELECT ?", {1}).error().code, ErrorCode::internal);
    EXPECT_TRUE(read(*database, "SELECT $1", {1}));
}

TEST_P(SqliteTest, RefusesTextThatIsNotExactlyOneStatement) {
    EXPECT_EQ(read(*database, "").error().code, ErrorCode::internal);
    EXPECT_EQ(read(*database, "SELECT 1; SELECT 2").error().code, ErrorCode::internal);
    EXPECT_EQ(read(*database, "SELEKT 1").error().code, ErrorCode::internal);
    EXPECT_EQ(read(*database, "SELECT 1.5").error().code, ErrorCode::internal)
        << "floating point has no value type";
}

TEST_P(SqliteTest, TakesValuesAsDataNotAsSql) {
    ASSERT_TRUE(run_script(*database, "CREATE TABLE t (name TEXT)"));
    ASSERT_TRUE(run(*database, "INSERT INTO t (name) VALUES ($1)", {"'); DROP TABLE t; --"}));
    EXPECT_EQ(read_number(*database, "SELECT COUNT(*) FROM t").value(), 1);
}

TEST_P(SqliteTest, CountsTheRowsAStatementChanged) {
    ASSERT_TRUE(run_script(*database, "CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (1), (2), (3)"));
    EXPECT_EQ(run(*database, "UPDATE t SET n = n + 10 WHERE n >= $1", {2}).value(), 2);
    EXPECT_EQ(run(*database, "UPDATE t SET n = 0 WHERE n = 99").value(), 0);
    EXPECT_EQ(run(*database, "CREATE INDEX t_n ON t (n)").value(), 0);
}

TEST_P(SqliteTest, KeepsNothingOfATransactionThatFailed) {
    ASSERT_TRUE(run_script(*database, "CREATE TABLE t (n INTEGER)"));
    const auto failed = database->transact(Mode::write, [](Session& session) -> Result<void> {
        CS_TRY(session.execute({.name = "insert", .sql = "INSERT INTO t VALUES (1)"}));
        return fail(ErrorCode::locked, "the domain says no");
    });
    EXPECT_EQ(failed.error().code, ErrorCode::locked);
    EXPECT_EQ(failed.error().detail, "the domain says no");
    EXPECT_EQ(read_number(*database, "SELECT COUNT(*) FROM t").value(), 0);
}

TEST_P(SqliteTest, KeepsNothingWhenAStatementDeepInsideFailed) {
    ASSERT_TRUE(run_script(*database, "CREATE TABLE t (n INTEGER UNIQUE)"));
    const auto inner = [](Session& session) -> Result<void> {
        CS_TRY(session.execute({.name = "again", .sql = "INSERT INTO t VALUES (1)"}));
        return {};
    };
    const auto failed = database->transact(Mode::write, [&](Session& session) -> Result<void> {
        CS_TRY(inner(session));
        CS_TRY(inner(session));
        return {};
    });
    EXPECT_EQ(failed.error().code, ErrorCode::conflict);
    EXPECT_EQ(read_number(*database, "SELECT COUNT(*) FROM t").value(), 0);
}

TEST_P(SqliteTest, CommitsNothingAfterAnIgnoredFailureAsPostgresWould) {
    ASSERT_TRUE(run_script(*database, "CREATE TABLE t (n INTEGER UNIQUE)"));
    const auto result = database->transact(Mode::write, [](Session& session) -> Result<void> {
        const Statement insert{.name = "insert", .sql = "INSERT INTO t VALUES (1)"};
        CS_TRY(session.execute(insert));
        const auto ignored = session.execute(insert);
        EXPECT_FALSE(ignored);
        return {};
    });
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::conflict);
    EXPECT_EQ(read_number(*database, "SELECT COUNT(*) FROM t").value(), 0);
}

TEST_P(SqliteTest, RollsBackWhenTheWorkThrows) {
    ASSERT_TRUE(run_script(*database, "CREATE TABLE t (n INTEGER)"));
    const auto throwing = [](Session& session) -> Result<void> {
        CS_TRY(session.execute({.name = "insert", .sql = "INSERT INTO t VALUES (1)"}));
        throw std::runtime_error("broken");
    };
    EXPECT_THROW((void)database->transact(Mode::write, throwing), std::runtime_error);
    EXPECT_EQ(read_number(*database, "SELECT COUNT(*) FROM t").value(), 0);
    EXPECT_EQ(run(*database, "INSERT INTO t VALUES (2)").value(), 1) << "the connection is usable again";
}

TEST_P(SqliteTest, MapsConstraintsToErrors) {
    ASSERT_TRUE(
        run_script(*database,
                   "CREATE TABLE parent (id TEXT NOT NULL PRIMARY KEY);"
                   "CREATE TABLE child (parent_id TEXT REFERENCES parent (id), n INTEGER CHECK (n > 0));"
                   "INSERT INTO parent VALUES ('p')"));
    EXPECT_EQ(run(*database, "INSERT INTO parent VALUES ($1)", {"p"}).error().code, ErrorCode::conflict);
    EXPECT_EQ(run(*database, "INSERT INTO parent VALUES (NULL)").error().code, ErrorCode::internal);
    EXPECT_EQ(run(*database, "INSERT INTO child VALUES ('q', 1)").error().code, ErrorCode::internal)
        << "foreign keys are on";
    EXPECT_EQ(run(*database, "INSERT INTO child VALUES ('p', 0)").error().code, ErrorCode::internal);
    EXPECT_EQ(run(*database, "INSERT INTO child VALUES ('p', 1)").value(), 1);
}

TEST_P(SqliteTest, NeverShowsValuesInItsErrors) {
    ASSERT_TRUE(run_script(*database, "CREATE TABLE t (name TEXT UNIQUE)"));
    ASSERT_TRUE(run(*database, "INSERT INTO t VALUES ($1)", {"alice@secret.example"}));
    const auto result = run(*database, "INSERT INTO t VALUES ($1)", {"alice@secret.example"});
    EXPECT_EQ(result.error().detail.find("alice"), std::string::npos) << result.error().detail;
    EXPECT_NE(result.error().detail.find("test.run"), std::string::npos) << "the statement's name is there";
}

TEST_P(SqliteTest, RefusesATransactionInsideATransaction) {
    const auto result = database->transact(Mode::write, [&](Session&) {
        return database->transact(Mode::read, [](Session&) -> Result<void> { return {}; });
    });
    EXPECT_EQ(result.error().code, ErrorCode::internal);
    EXPECT_TRUE(read(*database, "SELECT 1")) << "the refusal leaves no trace";
}

// Requirement S4 rests on this: parallel read-modify-write statements neither lose nor repeat a step.
TEST_P(SqliteTest, CountsExactlyWithTwoHundredWriters) {
    ASSERT_TRUE(run_script(*database, "CREATE TABLE counter (n INTEGER); INSERT INTO counter VALUES (0)"));
    constexpr Statement kIncrement{.name = "increment", .sql = "UPDATE counter SET n = n + 1 RETURNING n"};
    Guarded<std::multiset<std::int64_t>> seen;
    {
        std::vector<std::jthread> writers;
        for (int i = 0; i < 200; ++i) {
            writers.emplace_back([&] {
                const auto n = in_transaction<std::int64_t>(
                    *database, Mode::write, [&](Session& session) -> Result<std::int64_t> {
                        const auto rows = CS_TRY(session.query(kIncrement));
                        const auto row = CS_TRY(rows.one());
                        return row.integer("n");
                    });
                seen.lock()->insert(n.value_or(-1));
            });
        }
    }
    std::multiset<std::int64_t> expected;
    for (int i = 1; i <= 200; ++i)
        expected.insert(i);
    EXPECT_EQ(*seen.lock(), expected);
    EXPECT_EQ(read_number(*database, "SELECT n FROM counter").value(), 200);
}

TEST_P(SqliteTest, ReportsAFullStoreAndGoesOnAfterwards) {
    ASSERT_TRUE(run_script(*database, "CREATE TABLE t (data BLOB)"));
    const auto full = database->transact(Mode::write, [](Session& session) -> Result<void> {
        CS_TRY(session.query({.name = "limit", .sql = "PRAGMA max_page_count = 20"}));
        for (int i = 0; i < 100; ++i) {
            CS_TRY(session.execute({.name = "insert", .sql = "INSERT INTO t VALUES ($1)"}, {Bytes(4096)}));
        }
        return {};
    });
    EXPECT_EQ(full.error().code, ErrorCode::storage_full);
    EXPECT_EQ(read_number(*database, "SELECT COUNT(*) FROM t").value(), 0);
    EXPECT_EQ(run(*database, "INSERT INTO t VALUES ($1)", {Bytes(10)}).value(), 1);
}

TEST_P(SqliteTest, IsFoundSoundByTheQuickCheck) {
    ASSERT_TRUE(run_script(*database, "CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (1)"));
    EXPECT_TRUE(database->quick_check());
    EXPECT_TRUE(database->checkpoint());
}

}  // namespace
}  // namespace countersign::store
