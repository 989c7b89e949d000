// What only a file can show: readers beside the writer, a second process, modes, damage.

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <condition_variable>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "store/sqlite/sqlite_database.hpp"
#include "store/sqlite/test_database.hpp"
#include "tests/support/fakes.hpp"

namespace countersign::store {
namespace {

using testing::read;
using testing::read_number;
using testing::run;
using testing::run_script;
using testing::TemporaryFolder;

struct SqliteFileTest : ::testing::Test {
    std::unique_ptr<Database> open(Micros lock_timeout = seconds(10)) {
        SqliteOptions options;
        options.path = path;
        options.lock_timeout = lock_timeout;
        return open_sqlite(std::move(options), random).value();
    }

    TemporaryFolder folder;
    std::filesystem::path path = folder / "test.db";
    countersign::testing::FakeRandom random;
};

TEST_F(SqliteFileTest, ShowsReadersWhatWasCommittedAndNothingElse) {
    auto database = open();
    ASSERT_TRUE(run_script(*database, "CREATE TABLE t (n INTEGER)"));
    ASSERT_TRUE(database->transact(Mode::write, [&](Session& session) -> Result<void> {
        CS_TRY(session.execute({.name = "insert", .sql = "INSERT INTO t VALUES (1)"}));
        std::jthread([&] { EXPECT_EQ(read_number(*database, "SELECT COUNT(*) FROM t").value(), 0); }).join();
        return {};
    }));
    EXPECT_EQ(read_number(*database, "SELECT COUNT(*) FROM t").value(), 1);
}

TEST_F(SqliteFileTest, GivesOneReadTransactionOneViewThroughout) {
    auto database = open();
    ASSERT_TRUE(run_script(*database, "CREATE TABLE t (n INTEGER)"));
    constexpr Statement kCount{.name = "count", .sql = "SELECT COUNT(*) FROM t"};
    ASSERT_TRUE(database->transact(Mode::read, [&](Session& session) -> Result<void> {
        const auto before = CS_TRY(session.query(kCount));
        std::jthread([&] { EXPECT_TRUE(run(*database, "INSERT INTO t VALUES (1)")); }).join();
        const auto after = CS_TRY(session.query(kCount));
        EXPECT_EQ(before[0].integer(0).value(), after[0].integer(0).value());
        return {};
    }));
}

TEST_F(SqliteFileTest, RefusesToWriteInAReadTransaction) {
    auto database = open();
    ASSERT_TRUE(run_script(*database, "CREATE TABLE t (n INTEGER)"));
    const auto result = database->transact(
        Mode::read, [](Session& session) { return session.execute_script("INSERT INTO t VALUES (1)"); });
    ASSERT_FALSE(result);
    EXPECT_EQ(read_number(*database, "SELECT COUNT(*) FROM t").value(), 0);
}

TEST_F(SqliteFileTest, CountsExactlyBesideASecondProcess) {
    auto server = open();
    auto command_line = open();
    ASSERT_TRUE(run_script(*server, "CREATE TABLE counter (n INTEGER); INSERT INTO counter VALUES (0)"));
    const auto add_fifty = [](Database& database) {
        for (int i = 0; i < 50; ++i)
            EXPECT_TRUE(run(database, "UPDATE counter SET n = n + 1"));
    };
    {
        std::jthread one([&] { add_fifty(*server); });
        std::jthread other([&] { add_fifty(*command_line); });
    }
    EXPECT_EQ(read_number(*server, "SELECT n FROM counter").value(), 100);
}

TEST_F(SqliteFileTest, GivesUpWhenAnotherProcessKeepsTheLock) {
    auto holder = open();
    auto waiter = open(milliseconds(50));
    ASSERT_TRUE(holder->transact(Mode::write, [&](Session&) -> Result<void> {
        std::jthread([&] {
            EXPECT_EQ(run(*waiter, "CREATE TABLE t (n INTEGER)").error().code, ErrorCode::unavailable);
        }).join();
        return {};
    }));
    EXPECT_TRUE(run(*waiter, "CREATE TABLE t (n INTEGER)")) << "works again once the lock is free";
}

TEST_F(SqliteFileTest, GivesUpWhenTheOnlyWriterIsTaken) {
    auto database = open(milliseconds(50));
    ASSERT_TRUE(database->transact(Mode::write, [&](Session&) -> Result<void> {
        std::jthread([&] {
            EXPECT_EQ(run(*database, "SELECT 1").error().code, ErrorCode::unavailable);
        }).join();
        return {};
    }));
}

TEST_F(SqliteFileTest, KeepsItsFilesFromOtherUsers) {
    const auto old_mask = ::umask(0);
    auto database = open();
    EXPECT_TRUE(run_script(*database, "CREATE TABLE t (n INTEGER)"));
    ::umask(old_mask);
    for (const char* suffix : {"", "-wal", "-shm"}) {
        struct stat status{};
        ASSERT_EQ(::stat((path.string() + suffix).c_str(), &status), 0) << suffix;
        EXPECT_EQ(status.st_mode & 0777U, 0600U) << suffix;
    }
}

TEST_F(SqliteFileTest, RunsInWalModeWithFullSyncAndForeignKeys) {
    auto database = open();
    const auto journal = read(*database, "PRAGMA journal_mode").value();
    EXPECT_EQ(journal[0].text(0).value(), "wal");
    EXPECT_EQ(read_number(*database, "PRAGMA synchronous").value(), 2);
    const auto writer = in_transaction<Rows>(*database, Mode::write, [](Session& session) {
        return session.query({.name = "setting", .sql = "PRAGMA synchronous"});
    });
    EXPECT_EQ(writer.value()[0].integer(0).value(), 2);
    EXPECT_EQ(read_number(*database, "PRAGMA foreign_keys").value(), 1);
}

// Requirement S15: what was deleted is in neither file after a checkpoint.
TEST_F(SqliteFileTest, LeavesNoTraceOfADeletedValueAfterACheckpoint) {
    const std::string sentinel = "wrapped-key-material-of-a-deleted-subject";
    auto database = open();
    ASSERT_TRUE(run_script(*database, "CREATE TABLE t (data TEXT)"));
    ASSERT_TRUE(run(*database, "INSERT INTO t VALUES ($1)", {sentinel}));
    ASSERT_TRUE(run(*database, "DELETE FROM t"));
    ASSERT_TRUE(database->checkpoint());
    for (const char* suffix : {"", "-wal"}) {
        std::ifstream file(path.string() + suffix, std::ios::binary);
        const std::string content{std::istreambuf_iterator<char>(file), {}};
        EXPECT_EQ(content.find(sentinel), std::string::npos) << suffix;
    }
}

TEST_F(SqliteFileTest, DoesNotOpenWhatIsNoDatabase) {
    std::ofstream(path) << std::string(8192, 'x');
    SqliteOptions options;
    options.path = path;
    EXPECT_EQ(open_sqlite(options, random).error().code, ErrorCode::unavailable);
    options.path = folder / "missing" / "test.db";
    EXPECT_EQ(open_sqlite(options, random).error().code, ErrorCode::unavailable);
}

/// Makes writes beyond `bytes` fail with an error that is not "disk full", for this process and this scope.
class FileSizeLimit {
public:
    explicit FileSizeLimit(rlim_t bytes) {
        old_handler_ = ::signal(SIGXFSZ, SIG_IGN);
        CS_CHECK(::getrlimit(RLIMIT_FSIZE, &old_limit_) == 0);
        const rlimit limit{.rlim_cur = bytes, .rlim_max = old_limit_.rlim_max};
        CS_CHECK(::setrlimit(RLIMIT_FSIZE, &limit) == 0);
    }
    ~FileSizeLimit() {
        ::setrlimit(RLIMIT_FSIZE, &old_limit_);
        ::signal(SIGXFSZ, old_handler_);
    }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

private:
    rlimit old_limit_{};
    sighandler_t old_handler_{};
};

TEST_F(SqliteFileTest, CallsTheFatalHandlerOnceAndServesNothingAfterAnIoError) {
    std::vector<std::string> reasons;
    SqliteOptions options;
    options.path = path;
    options.on_fatal = [&](std::string_view reason) { reasons.emplace_back(reason); };
    auto database = open_sqlite(std::move(options), random).value();
    ASSERT_TRUE(run_script(*database, "CREATE TABLE t (data BLOB); INSERT INTO t VALUES (x'00')"));
    {
        const FileSizeLimit limit(200'000);
        EXPECT_EQ(run(*database, "INSERT INTO t VALUES ($1)", {Bytes(1'000'000)}).error().code,
                  ErrorCode::unavailable);
    }
    EXPECT_EQ(reasons.size(), 1U);
    EXPECT_EQ(run(*database, "INSERT INTO t VALUES (x'01')").error().code, ErrorCode::unavailable);
    EXPECT_EQ(read(*database, "SELECT COUNT(*) FROM t").error().code, ErrorCode::unavailable);
    EXPECT_EQ(reasons.size(), 1U);
    EXPECT_EQ(read_number(*open(), "SELECT COUNT(*) FROM t").value(), 1);
}

TEST_F(SqliteFileTest, ReportsDamageInTheQuickCheck) {
    {
        auto database = open();
        ASSERT_TRUE(run_script(*database, "CREATE TABLE t (data BLOB)"));
        for (int i = 0; i < 50; ++i)
            ASSERT_TRUE(run(*database, "INSERT INTO t VALUES ($1)", {Bytes(1000, 7)}));
        ASSERT_TRUE(database->checkpoint());
    }
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(4096 * 3);
    file << std::string(200, '\xFF');
    file.close();
    EXPECT_EQ(open()->quick_check().error().code, ErrorCode::unavailable);
}

}  // namespace
}  // namespace countersign::store
