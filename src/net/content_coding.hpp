#pragma once

#include <string_view>

#include "net/headers.hpp"

namespace countersign::net {

enum class Coding { identity, gzip, brotli };

/// "identity", "gzip", "br".
std::string_view to_string(Coding coding);

/// The weight 0..1000 that Accept-Encoding gives a coding; 0: must not be used. Without the header only
/// identity is used. A malformed weight counts as 0. Source: RFC 9110 §12.5.3, §12.4.2.
int coding_weight(const Headers& headers, Coding coding);

}  // namespace countersign::net
