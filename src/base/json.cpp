#include "base/json.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <set>
#include <string>
#include <vector>

namespace countersign::json {
namespace {

constexpr std::size_t kMaxDepth = 32;

/// Sees every member name once; the values are not kept.
struct DuplicateFinder {
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

    using error_code = boost::json::error_code;
    using string_view = boost::json::string_view;

    std::vector<std::set<std::string>> open;
    std::string key;
    bool duplicate{false};

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_object_begin(error_code&) { return open.emplace_back(), true; }
    bool on_object_end(std::size_t, error_code&) { return open.pop_back(), true; }
    bool on_array_begin(error_code&) { return true; }
    bool on_array_end(std::size_t, error_code&) { return true; }
    bool on_key_part(string_view part, std::size_t, error_code&) { return key.append(part), true; }
    bool on_key(string_view part, std::size_t, error_code&) {
        key.append(part);
        if (!open.back().insert(key).second) duplicate = true;
        key.clear();
        return true;
    }
    bool on_string_part(string_view, std::size_t, error_code&) { return true; }
    bool on_string(string_view, std::size_t, error_code&) { return true; }
    bool on_number_part(string_view, error_code&) { return true; }
    bool on_int64(std::int64_t, string_view, error_code&) { return true; }
    bool on_uint64(std::uint64_t, string_view, error_code&) { return true; }
    bool on_double(double, string_view, error_code&) { return true; }
    bool on_bool(bool, error_code&) { return true; }
    bool on_null(error_code&) { return true; }
    bool on_comment_part(string_view, error_code&) { return true; }
    bool on_comment(string_view, error_code&) { return true; }
};

}  // namespace

Result<value> parse_strict(std::string_view text) {
    boost::json::parse_options options;
    options.max_depth = kMaxDepth;
    boost::json::basic_parser<DuplicateFinder> finder(options);
    boost::json::error_code error;
    const std::size_t used = finder.write_some(false, text.data(), text.size(), error);
    if (error || used != text.size()) return fail(ErrorCode::invalid_argument, "not a JSON document");
    if (finder.handler().duplicate)
        return fail(ErrorCode::invalid_argument, "JSON object has a duplicate member");

    value parsed = boost::json::parse(text, error, {}, options);
    if (error) return fail(ErrorCode::invalid_argument, "not a JSON document");
    return parsed;
}

Result<object> parse_object(std::string_view text) {
    value parsed = CS_TRY(parse_strict(text));
    if (!parsed.is_object()) return fail(ErrorCode::invalid_argument, "JSON document is not an object");
    return std::move(parsed.as_object());
}

Result<std::optional<std::string>> find_string(const object& from, std::string_view key) {
    const value* found = from.if_contains(key);
    if (found == nullptr || found->is_null()) return std::optional<std::string>{};
    if (!found->is_string())
        return fail(ErrorCode::invalid_argument, fmt::format("\"{}\" must be a string", key));
    return std::optional<std::string>(std::string(found->as_string()));
}

Result<std::string> get_string(const object& from, std::string_view key) {
    std::optional<std::string> found = CS_TRY(find_string(from, key));
    if (!found) return fail(ErrorCode::invalid_argument, fmt::format("\"{}\" is missing", key));
    return *std::move(found);
}

Result<std::int64_t> get_int(const object& from, std::string_view key) {
    const value* found = from.if_contains(key);
    if (found == nullptr) return fail(ErrorCode::invalid_argument, fmt::format("\"{}\" is missing", key));
    boost::json::error_code error;
    const auto number = found->to_number<std::int64_t>(error);
    if (error) return fail(ErrorCode::invalid_argument, fmt::format("\"{}\" must be an integer", key));
    return number;
}

Result<bool> get_bool(const object& from, std::string_view key) {
    const value* found = from.if_contains(key);
    if (found == nullptr) return fail(ErrorCode::invalid_argument, fmt::format("\"{}\" is missing", key));
    if (!found->is_bool())
        return fail(ErrorCode::invalid_argument, fmt::format("\"{}\" must be true or false", key));
    return found->as_bool();
}

}  // namespace countersign::json
