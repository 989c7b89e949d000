#include "store/migrator.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "store/sqlite/sqlite_database.hpp"
#include "store/sqlite/test_database.hpp"
#include "tests/support/fakes.hpp"

namespace countersign::store {
namespace {

using testing::read;
using testing::read_number;
using testing::run;
using testing::TemporaryFolder;

const std::string kSumOne(64, '1');
const std::string kSumTwo(64, '2');
const std::string kOtherSum(64, 'f');

struct MigratorTest : ::testing::Test {
    Migration first{1, "people",
                    "CREATE TABLE person (id @int@ NOT NULL PRIMARY KEY, face @blob@, active @bool@);",
                    kSumOne};
    Migration second{2, "names",
                     "ALTER TABLE person ADD COLUMN name TEXT; CREATE INDEX person_name ON person (name);",
                     kSumTwo};

    countersign::testing::FakeClock clock;
    countersign::testing::FakeRandom random;
    TemporaryFolder folder;
    std::unique_ptr<Database> database = open_sqlite({.path = folder / "test.db"}, random).value();

    Result<int> migrate(const std::vector<Migration>& list) {
        return Migrator(*database, clock, list).migrate();
    }
    Result<void> verify(const std::vector<Migration>& list) {
        return Migrator(*database, clock, list).verify();
    }
    std::int64_t tables() {
        return read_number(*database, "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table'").value();
    }
};

TEST_F(MigratorTest, BringsAnEmptyDatabaseToTheCurrentSchema) {
    const std::vector list{first, second};
    EXPECT_EQ(Migrator(*database, clock, list).pending().value().size(), 2U);
    EXPECT_EQ(tables(), 0) << "looking changes nothing";

    EXPECT_EQ(migrate(list).value(), 2);

    EXPECT_TRUE(verify(list));
    EXPECT_TRUE(
        run(*database, "INSERT INTO person (id, face, active, name) VALUES (1, $1, 1, 'a')", {Bytes{1}}));
    const auto rows =
        read(*database, "SELECT number, title, checksum, applied_at FROM schema_migration ORDER BY 1")
            .value();
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[1].text("title").value(), "names");
    EXPECT_EQ(rows[1].text("checksum").value(), kSumTwo);
    EXPECT_EQ(rows[1].time("applied_at").value(), clock.now());
}

TEST_F(MigratorTest, DoesNothingTheSecondTime) {
    EXPECT_EQ(migrate({first, second}).value(), 2);
    EXPECT_EQ(migrate({first, second}).value(), 0);
}

TEST_F(MigratorTest, AppliesOnlyWhatIsNew) {
    EXPECT_EQ(migrate({first}).value(), 1);
    EXPECT_EQ(verify({first, second}).error().code, ErrorCode::precondition_failed);
    EXPECT_EQ(migrate({first, second}).value(), 1);
}

TEST_F(MigratorTest, PutsTheTypesOfTheEngineInPlaceOfTokens) {
    ASSERT_TRUE(migrate({first}));
    const auto types = read(*database, "SELECT type FROM pragma_table_info('person') ORDER BY cid").value();
    EXPECT_EQ(types[0].text(0).value(), "INTEGER");
    EXPECT_EQ(types[1].text(0).value(), "BLOB");
    EXPECT_EQ(types[2].text(0).value(), "INTEGER");
}

TEST_F(MigratorTest, RefusesAStepThatWasChangedAfterwards) {
    ASSERT_TRUE(migrate({first}));
    auto changed = first;
    changed.checksum = kOtherSum;
    EXPECT_EQ(verify({changed}).error().code, ErrorCode::precondition_failed);
    EXPECT_EQ(migrate({changed, second}).error().code, ErrorCode::precondition_failed);
    EXPECT_EQ(read_number(*database, "SELECT COUNT(*) FROM schema_migration").value(), 1);
}

TEST_F(MigratorTest, RefusesTheDatabaseOfANewerProgram) {
    ASSERT_TRUE(migrate({first, second}));
    const auto result = verify({first});
    EXPECT_EQ(result.error().code, ErrorCode::precondition_failed);
    EXPECT_NE(result.error().detail.find("newer"), std::string::npos) << result.error().detail;
    EXPECT_EQ(migrate({first}).error().code, ErrorCode::precondition_failed);
}

TEST_F(MigratorTest, RefusesADatabaseWithAGap) {
    ASSERT_TRUE(migrate({first, second}));
    ASSERT_TRUE(run(*database, "DELETE FROM schema_migration WHERE number = 1"));
    EXPECT_EQ(verify({first, second}).error().code, ErrorCode::precondition_failed);
}

TEST_F(MigratorTest, KeepsNothingWhenAStepFails) {
    auto broken = second;
    broken.sql = "CREATE TABLE half (n INTEGER); CREATE TABLE person (n INTEGER);";
    const auto result = migrate({first, broken});
    ASSERT_FALSE(result);
    EXPECT_NE(result.error().detail.find("migration 2 names"), std::string::npos) << result.error().detail;
    EXPECT_EQ(tables(), 0);
    EXPECT_EQ(migrate({first, second}).value(), 2);
}

TEST_F(MigratorTest, RefusesAFaultyList) {
    auto unknown_token = first;
    unknown_token.sql = "CREATE TABLE t (n @integer@)";
    auto no_checksum = first;
    no_checksum.checksum = "";
    EXPECT_EQ(migrate({unknown_token}).error().code, ErrorCode::internal);
    EXPECT_EQ(migrate({no_checksum}).error().code, ErrorCode::internal);
    EXPECT_EQ(migrate({second}).error().code, ErrorCode::internal);
    EXPECT_EQ(migrate({first, first}).error().code, ErrorCode::internal);
}

TEST_F(MigratorTest, AppliesEachStepOnceWhenSeveralProcessesStartTogether) {
    const std::vector list{first, second};
    std::atomic<int> applied{0};
    {
        std::vector<std::jthread> starters;
        for (int i = 0; i < 4; ++i) {
            starters.emplace_back([&] {
                auto own = open_sqlite({.path = folder / "test.db"}, random).value();
                applied += Migrator(*own, clock, list).migrate().value();
            });
        }
    }
    EXPECT_EQ(applied, 2);
    EXPECT_TRUE(verify(list));
}

TEST(EmbeddedMigrations, ApplyToAnEmptyDatabase) {
    countersign::testing::FakeClock clock;
    countersign::testing::FakeRandom random;
    auto database = open_sqlite({}, random).value();
    Migrator migrator(*database, clock, embedded_migrations());
    const auto applied = migrator.migrate();
    ASSERT_TRUE(applied) << applied.error().detail;
    EXPECT_EQ(static_cast<std::size_t>(*applied), embedded_migrations().size());
    EXPECT_TRUE(migrator.verify());
}

}  // namespace
}  // namespace countersign::store
