// A process for the durability test to kill: it inserts 1, 2, 3 … and prints each number once it is
// committed.
//   countersign_store_writer <database> <bytes per row>

#include <fmt/format.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/sqlite/sqlite_database.hpp"

namespace {

using namespace countersign;
using namespace countersign::store;

constexpr Statement kInsert{
    .name = "writer.insert",
    .sql = "INSERT INTO entry (n, data) SELECT COALESCE(MAX(n), 0) + 1, $1 FROM entry RETURNING n",
};
constexpr int kMaxRows = 20'000;

Result<std::int64_t> insert(Database& database, const Bytes& data) {
    return in_transaction<std::int64_t>(database, Mode::write, [&](Session& session) -> Result<std::int64_t> {
        const auto rows = CS_TRY(session.query(kInsert, {data}));
        const auto row = CS_TRY(rows.one());
        return row.integer("n");
    });
}

Result<void> write_rows(const char* path, std::size_t row_bytes) {
    SystemRandom random;
    auto database = CS_TRY(open_sqlite({.path = path}, random));
    const Bytes data(row_bytes, 0x5A);
    for (int i = 0; i < kMaxRows; ++i) {
        const auto line = fmt::format("{}\n", CS_TRY(insert(*database, data)));
        if (::write(STDOUT_FILENO, line.data(), line.size()) < 0)
            return fail(ErrorCode::internal, "nobody listens");
    }
    return {};
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    const auto result = write_rows(argv[1], static_cast<std::size_t>(::atoi(argv[2])));
    if (result) return 0;
    fmt::print(stderr, "{}\n", result.error().detail);
    return 1;
}
