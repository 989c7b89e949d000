#pragma once

#include <string_view>
#include <vector>

#include "crypto/kek.hpp"

namespace countersign::crypto {

/// One master key from base64url text, white space around it ignored. Errors: invalid_argument.
Result<MasterKey> parse_master_key(std::string_view line);

/// Master keys from a list; empty entries are skipped. Errors: invalid_argument, also when there is no key at
/// all.
Result<std::vector<MasterKey>> parse_master_keys(std::string_view text, char separator);

}  // namespace countersign::crypto
