#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>
#include <iterator>

#include "domain/login_contract.hpp"
#include "persistence/unit_of_work.hpp"
#include "store/migrator.hpp"
#include "store/sqlite/sqlite_database.hpp"

namespace countersign::persistence {

/// SQLite in memory (empty folder) or in a file of a folder of its own.
class SqliteTestEngine final : public domain::TestEngine {
public:
    explicit SqliteTestEngine(std::filesystem::path folder) : folder_(std::move(folder)) { open(); }
    ~SqliteTestEngine() override {
        work_.reset();
        database_.reset();
        if (!folder_.empty()) std::filesystem::remove_all(folder_);
    }

    domain::UnitOfWork& work() override { return *work_; }
    bool reopen() override {
        if (folder_.empty()) return false;
        work_.reset();
        database_.reset();
        open();
        return true;
    }
    Result<void> tamper(std::string_view sql) override {
        return database_->transact(store::Mode::exclusive,
                                   [&](store::Session& session) { return session.execute_script(sql); });
    }
    std::string bytes_on_disk() override {
        if (folder_.empty()) return {};
        std::string all;
        for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
            std::ifstream file(entry.path(), std::ios::binary);
            all.append(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
        }
        return all;
    }
    void checkpoint() override { ASSERT_TRUE(database_->checkpoint()); }

private:
    void open() {
        store::SqliteOptions options;
        if (!folder_.empty()) options.path = folder_ / "test.db";
        database_ = store::open_sqlite(std::move(options), random_).value();
        const SystemClock clock;
        store::Migrator(*database_, clock, store::embedded_migrations()).migrate().value();
        work_ = std::make_unique<SqlUnitOfWork>(*database_);
    }

    std::filesystem::path folder_;
    SystemRandom random_;
    std::unique_ptr<store::Database> database_;
    std::unique_ptr<SqlUnitOfWork> work_;
};

inline std::vector<domain::EngineParam> sqlite_engines() {
    const auto in_memory = [] { return std::make_unique<SqliteTestEngine>(std::filesystem::path()); };
    const auto in_file = [] {
        auto pattern = (std::filesystem::temp_directory_path() / "countersign-contract-XXXXXX").string();
        return std::make_unique<SqliteTestEngine>(std::filesystem::path(::mkdtemp(pattern.data())));
    };
    return {{"sqlite_memory", in_memory}, {"sqlite_file", in_file}};
}

inline std::string engine_name(const ::testing::TestParamInfo<domain::EngineParam>& info) {
    return info.param.name;
}

}  // namespace countersign::persistence

/// Runs a contract suite of the domain on every engine this machine has.
#define COUNTERSIGN_ON_EVERY_ENGINE(suite)                                                      \
    INSTANTIATE_TEST_SUITE_P(Engines, suite,                                                    \
                             ::testing::ValuesIn(::countersign::persistence::sqlite_engines()), \
                             ::countersign::persistence::engine_name)
