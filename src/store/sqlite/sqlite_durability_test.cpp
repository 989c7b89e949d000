// Requirement S5: an acknowledged row survives whatever happens to the process, and a failed sync ends it.

#include <gtest/gtest.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <string>
#include <vector>

#include "store/sqlite/sqlite_database.hpp"
#include "store/sqlite/test_database.hpp"
#include "tests/support/fakes.hpp"

namespace countersign::store {
namespace {

using testing::read_number;
using testing::run_script;
using testing::TemporaryFolder;

constexpr int kFatalStatus = 70;

/// A child process whose standard output is read line by line.
class Child {
public:
    explicit Child(std::vector<std::string> command) {
        int ends[2];
        CS_CHECK(::pipe(ends) == 0);
        process_ = ::fork();
        CS_CHECK(process_ >= 0);
        if (process_ == 0) become(std::move(command), ends[1]);
        ::close(ends[1]);
        output_ = ::fdopen(ends[0], "r");
    }
    ~Child() {
        if (process_ > 0) {
            kill_now();
            wait_status();
        }
        ::fclose(output_);
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    /// The next acknowledged number, or 0 when the output has ended. A line cut by the kill does not count.
    std::int64_t next() {
        char line[32];
        if (::fgets(line, sizeof line, output_) == nullptr) return 0;
        const std::string text(line);
        return text.ends_with('\n') ? std::stoll(text) : 0;
    }
    void kill_now() const { ::kill(process_, SIGKILL); }
    int wait_status() {
        int status = 0;
        ::waitpid(process_, &status, 0);
        process_ = -1;
        return status;
    }

private:
    [[noreturn]] static void become(std::vector<std::string> command, int output) {
        ::dup2(output, STDOUT_FILENO);
        std::vector<char*> arguments;
        for (auto& part : command)
            arguments.push_back(part.data());
        arguments.push_back(nullptr);
        ::execvp(arguments[0], arguments.data());
        ::_exit(127);
    }

    pid_t process_{-1};
    FILE* output_{nullptr};
};

struct SqliteDurability : ::testing::Test {
    void SetUp() override {
        ASSERT_TRUE(run_script(*open(), "CREATE TABLE entry (n INTEGER PRIMARY KEY, data BLOB)"));
    }

    std::unique_ptr<Database> open() { return open_sqlite({.path = path}, random).value(); }
    std::vector<std::string> writer(int row_bytes) const {
        return {COUNTERSIGN_STORE_WRITER, path.string(), std::to_string(row_bytes)};
    }

    TemporaryFolder folder;
    std::filesystem::path path = folder / "test.db";
    countersign::testing::FakeRandom random;
};

TEST_F(SqliteDurability, LosesNoAcknowledgedRowWhenTheProcessIsKilled) {
    std::int64_t acknowledged = 0;
    for (int round = 0; round < 10; ++round) {
        Child child(writer(500));
        for (std::uint32_t i = 0; i <= random.below(12); ++i) {
            const auto n = child.next();
            ASSERT_GT(n, acknowledged);
            acknowledged = n;
        }
        child.kill_now();
        for (auto n = child.next(); n != 0; n = child.next())
            acknowledged = n;
        EXPECT_TRUE(WIFSIGNALED(child.wait_status()));

        auto database = open();
        EXPECT_TRUE(database->quick_check());
        EXPECT_EQ(read_number(*database, "SELECT COUNT(*) FROM entry WHERE n <= $1", {acknowledged}).value(),
                  acknowledged);
    }
}

/// Runs the writer under strace, which makes syncs fail from the `first`-th on.
struct SqliteSyncFault : SqliteDurability {
    void SetUp() override {
        if (std::system("strace -o /dev/null true >/dev/null 2>&1") != 0)
            GTEST_SKIP() << "strace cannot trace here";
        SqliteDurability::SetUp();
    }
    std::vector<std::string> under_strace(int first, std::vector<std::string> extra, int row_bytes) const {
        const auto inject = "inject=fsync,fdatasync:error=EIO:when=" + std::to_string(first) + "+";
        std::vector<std::string> command{
            "strace", "-f", "-o", log.string(), "-e", "trace=fsync,fdatasync,write", "-e", inject};
        command.insert(command.end(), extra.begin(), extra.end());
        const auto program = writer(row_bytes);
        command.insert(command.end(), program.begin(), program.end());
        return command;
    }
    int injected_faults() const {
        std::ifstream lines(log);
        int faults = 0;
        for (std::string line; std::getline(lines, line);)
            faults += line.find("(INJECTED)") != std::string::npos ? 1 : 0;
        return faults;
    }
    int acknowledgements_after_the_fault() const {
        std::ifstream lines(log);
        bool failed = false;
        int count = 0;
        for (std::string line; std::getline(lines, line);) {
            failed = failed || line.find("(INJECTED)") != std::string::npos;
            if (failed && line.find("write(1,") != std::string::npos) ++count;
        }
        return count;
    }

    std::filesystem::path log = folder / "strace.log";
};

TEST_F(SqliteSyncFault, EndsTheProcessAtTheFirstFailedSyncOfTheLog) {
    std::int64_t acknowledged = 0;
    Child child(under_strace(12, {}, 500));
    for (auto n = child.next(); n != 0; n = child.next())
        acknowledged = n;
    const int status = child.wait_status();

    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), kFatalStatus);
    EXPECT_GT(acknowledged, 0) << "the fault came too early to prove anything";
    EXPECT_EQ(injected_faults(), 1) << "a failed sync must not be tried again";
    EXPECT_EQ(acknowledgements_after_the_fault(), 0);
    EXPECT_GE(read_number(*open(), "SELECT COUNT(*) FROM entry").value(), acknowledged);
}

TEST_F(SqliteSyncFault, EndsTheProcessWhenTheMainFileCannotBeSynced) {
    std::int64_t acknowledged = 0;
    Child child(under_strace(1, {"-P", path.string()}, 200'000));
    for (auto n = child.next(); n != 0; n = child.next())
        acknowledged = n;
    const int status = child.wait_status();

    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), kFatalStatus);
    EXPECT_GT(acknowledged, 0) << "the checkpoint comes only after many pages";
    EXPECT_EQ(injected_faults(), 1);
    EXPECT_EQ(read_number(*open(), "SELECT COUNT(*) FROM entry WHERE n <= $1", {acknowledged}).value(),
              acknowledged);
}

}  // namespace
}  // namespace countersign::store
