#pragma once

#include "domain/subject/service.hpp"

namespace countersign::domain {

/// Deletes the test users whose time is over, with their faces and transactions. The audit keeps what was
/// done. Returns how many simulations were cleaned up. Idempotent.
///
/// Errors: unavailable. Threads: safe; blocks on the store. Source: docs/adr/0087.
Result<int> forget_test_users(UnitOfWork& work, SubjectService& subjects, UnixMicros now);

}  // namespace countersign::domain
