#pragma once

#include "domain/unit_of_work.hpp"

namespace countersign::domain {

/// What somebody may guess at.
enum class TryKind { account, address, second_factor };

/// Counts a try before it is checked, in the caller's transaction, and answers whether it may go on. Ten
/// tries per account or second factor and thirty per address; after them nothing for fifteen minutes.
/// `subject` (an e-mail, a network address, an administrator's id) is stored as a hash.
///
/// The count is one statement: of many parallel guesses no more than the limit are checked.
/// Errors: unavailable (deny). Source: NIST SP 800-63B-4 §3.2.2.
Result<bool> may_try(Repositories& repositories, TryKind kind, std::string_view subject, UnixMicros now);

/// Forgets the tries after a success. Those of an address stay: one known password must not buy guesses at
/// others.
Result<void> forget_tries(Repositories& repositories, TryKind kind, std::string_view subject);

}  // namespace countersign::domain
