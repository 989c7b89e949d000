#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "net/request.hpp"
#include "net/response.hpp"

namespace countersign::api::admin {

/// Which part of a list is asked for: `?limit=&cursor=`.
struct PageRequest {
    int limit{50};
    std::vector<std::string> after;  // the sort key of the last row of the page before; empty: from the start
};

/// `key_parts` is how many values the list's sort key has. Errors: invalid_argument naming `limit` or
/// `cursor`.
Result<PageRequest> page_of(const net::Request& request, std::size_t key_parts, int most = 200);

/// An opaque cursor for the sort key of a page's last row.
std::string cursor_of(const std::vector<std::string>& sort_key);

/// `{items, next_cursor}`; `next_cursor` is null on the last page.
net::Response page_response(json::array items, const std::optional<std::string>& next_cursor);

/// `If-Match: "7"` is 7. Errors: precondition_required (missing), precondition_failed (a list, or no entity
/// tag of ours). Source: RFC 9110 §13.1.1, RFC 6585 §3.
Result<std::int64_t> if_match(const net::Request& request);

/// Sets `ETag: "7"`.
net::Response with_etag(net::Response response, std::int64_t version);

/// The identifier in the path. Errors: not_found: a malformed one names nothing.
template <class IdType>
Result<IdType> path_id(const net::Request& request, std::string_view name) {
    const std::string text = CS_TRY(request.path_param(name));
    auto id = IdType::parse(text);
    if (!id) return fail(ErrorCode::not_found, "a malformed identifier");
    return *std::move(id);
}

}  // namespace countersign::api::admin
