#pragma once

#include <string_view>

namespace countersign::store {

/// One query of the program, a constant beside the repository that uses it.
///
/// `sql` is common to SQLite and PostgreSQL; parameters are `$1` … `$n` and may repeat. `postgres_sql`
/// replaces it on PostgreSQL where a benchmark or row-level security asks for that. `name` is what logs show:
/// never the values.
struct Statement {
    std::string_view name;
    std::string_view sql;
    std::string_view postgres_sql{};
};

}  // namespace countersign::store
