#pragma once

#include <string_view>
#include <vector>

#include "net/headers.hpp"

namespace countersign::net {

/// Without spaces and tabs at both ends.
std::string_view trim(std::string_view text);

/// The trimmed, non-empty items of all comma-separated fields of that name (RFC 9110 §5.6.1). They point into
/// `headers`.
std::vector<std::string_view> list_items(const Headers& headers, std::string_view name);

}  // namespace countersign::net
