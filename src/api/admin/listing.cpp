#include "api/admin/listing.hpp"

#include <charconv>

namespace countersign::api::admin {
namespace {

std::optional<std::int64_t> number_of(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

Result<std::vector<std::string>> sort_key_of(std::string_view cursor, std::size_t parts) {
    const auto wrong = [] {
        return fail_field(ErrorCode::invalid_argument, "cursor", "Not a cursor of this list.");
    };
    const auto bytes = from_base64url(cursor);
    if (!bytes) return wrong();
    const auto document = json::parse_strict(as_text(*bytes));
    if (!document || !document->is_array() || document->get_array().size() != parts) return wrong();
    std::vector<std::string> key;
    for (const json::value& part : document->get_array()) {
        if (!part.is_string()) return wrong();
        key.emplace_back(part.get_string());
    }
    return key;
}

}  // namespace

Result<PageRequest> page_of(const net::Request& request, std::size_t key_parts, int most) {
    PageRequest page;
    if (const auto limit = CS_TRY(request.find_query_param("limit"))) {
        const auto number = number_of(*limit);
        if (!number || *number < 1 || *number > most) {
            return fail_field(ErrorCode::invalid_argument, "limit",
                              fmt::format("This must be a whole number from 1 to {}.", most));
        }
        page.limit = static_cast<int>(*number);
    }
    if (const auto cursor = CS_TRY(request.find_query_param("cursor")))
        page.after = CS_TRY(sort_key_of(*cursor, key_parts));
    return page;
}

std::string cursor_of(const std::vector<std::string>& sort_key) {
    const json::array parts(sort_key.begin(), sort_key.end());
    return to_base64url(as_bytes(json::serialize(parts)));
}

net::Response page_response(json::array items, const std::optional<std::string>& next_cursor) {
    json::object document{{"items", std::move(items)}, {"next_cursor", nullptr}};
    if (next_cursor) document["next_cursor"] = *next_cursor;
    return net::Response::json(net::HttpStatus::ok, std::move(document));
}

Result<std::int64_t> if_match(const net::Request& request) {
    const auto header = request.header("If-Match");
    if (!header) return fail(ErrorCode::precondition_required, "no If-Match");
    const std::string_view given = *header;
    if (given.size() < 3 || !given.starts_with('"') || !given.ends_with('"'))
        return fail(ErrorCode::precondition_failed, "If-Match is not one entity tag");
    const auto version = number_of(given.substr(1, given.size() - 2));
    if (!version) return fail(ErrorCode::precondition_failed, "not an entity tag of ours");
    return *version;
}

net::Response with_etag(net::Response response, std::int64_t version) {
    response.set_header("ETag", fmt::format("\"{}\"", version));
    return response;
}

}  // namespace countersign::api::admin
