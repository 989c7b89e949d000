#pragma once

#include <stdlib.h>

#include <filesystem>
#include <string>

#include "store/database.hpp"

namespace countersign::store::testing {

/// A folder that is gone when the test is over.
class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "countersign-store-XXXXXX").string();
        CS_CHECK(::mkdtemp(pattern.data()) != nullptr);
        path_ = pattern;
    }
    ~TemporaryFolder() { std::filesystem::remove_all(path_); }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    std::filesystem::path operator/(const char* name) const { return path_ / name; }

private:
    std::filesystem::path path_;
};

inline Result<void> run_script(Database& database, std::string_view sql) {
    return database.transact(Mode::write, [&](Session& session) { return session.execute_script(sql); });
}

inline Result<std::int64_t> run(Database& database, std::string_view sql, const Values& values = {}) {
    return in_transaction<std::int64_t>(database, Mode::write, [&](Session& session) {
        return session.execute({.name = "test.run", .sql = sql}, values);
    });
}

inline Result<Rows> read(Database& database, std::string_view sql, const Values& values = {}) {
    return in_transaction<Rows>(database, Mode::read, [&](Session& session) {
        return session.query({.name = "test.read", .sql = sql}, values);
    });
}

inline Result<std::int64_t> read_number(Database& database, std::string_view sql, const Values& values = {}) {
    const auto rows = CS_TRY(read(database, sql, values));
    const auto row = CS_TRY(rows.one());
    return row.integer(0);
}

}  // namespace countersign::store::testing
