#pragma once

#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace countersign::domain {

/// Refuses a new password that is short, common, made of a common word, a repeated piece or a keyboard run,
/// or that contains what anybody knows about its owner (`known`: e-mail, name, organisation).
///
/// No rule about kinds of characters and no network: the words are compiled in.
/// Errors:  invalid_argument with the field `password`.
/// Threads: safe.
/// Source:  NIST SP 800-63B-4 §3.1.1.2.
Result<void> check_new_password(std::string_view password, const std::vector<std::string_view>& known);

}  // namespace countersign::domain
