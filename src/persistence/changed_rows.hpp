#pragma once

#include "store/database.hpp"

namespace countersign::persistence {

/// Runs a change that must hit exactly one row. Errors: `otherwise` when it hits none.
inline Result<void> change_one(store::Session& session, const store::Statement& statement,
                               const store::Values& values, ErrorCode otherwise) {
    auto changed = CS_TRY(session.execute(statement, values));
    if (changed != 1) return fail(otherwise, std::string(statement.name));
    return {};
}

}  // namespace countersign::persistence
