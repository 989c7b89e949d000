#pragma once

#include <boost/json.hpp>
#include <string_view>

#include "base/result.hpp"

namespace countersign::json {

using boost::json::array;
using boost::json::object;
using boost::json::serialize;
using boost::json::value;

/// Parses one JSON document from an untrusted peer: UTF-8, depth ≤ 32, no comments, no trailing data and
/// no duplicate member (Boost.JSON alone keeps the last one, which hides attacks on tokens).
/// Errors: invalid_argument.
Result<value> parse_strict(std::string_view text);

/// As parse_strict, and the document must be an object.
Result<object> parse_object(std::string_view text);

/// Typed members. Errors: invalid_argument naming the member when it is missing or of another type.
Result<std::string> get_string(const object& from, std::string_view key);
Result<std::int64_t> get_int(const object& from, std::string_view key);
Result<bool> get_bool(const object& from, std::string_view key);

/// Missing is fine (nullopt); another type is not.
Result<std::optional<std::string>> find_string(const object& from, std::string_view key);

}  // namespace countersign::json
