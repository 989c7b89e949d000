#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "net/headers.hpp"
#include "runtime/deadline.hpp"

namespace countersign::net {

enum class Method { get, head, post, put, patch, delete_, options, other };

/// "GET" and so on; "OTHER" for a method without a route.
std::string_view to_string(Method method);

/// Decoded names and values of a query or a form, in order, repeated names kept.
using Parameters = std::vector<std::pair<std::string, std::string>>;

/// Decodes `a=1&b=x%20y+z` (percent escapes; `+` is a space). Errors: invalid_argument (bad escape, NUL).
Result<Parameters> parse_parameters(std::string_view encoded);

/// Decodes percent escapes; `+` stays. Errors: invalid_argument (bad escape, NUL).
Result<std::string> percent_decode(std::string_view encoded);

/// One request, wholly read, within the limits of its route.
///
/// Everything here was chosen by the peer. Nothing of it but the method and the route may be logged.
struct Request {
    Method method{Method::get};
    std::string path;  // as sent, still percent-encoded, without the query
    Parameters query;
    Headers headers;
    Bytes body;
    std::map<std::string, std::string, std::less<>> path_params;  // decoded, by the names of the pattern

    /// The parameter `{name}` of the route's pattern. Errors: invalid_argument (the pattern has none).
    Result<std::string> path_param(std::string_view name) const;

    /// The value of a query parameter given exactly once. Errors: invalid_argument (missing, repeated).
    Result<std::string> query_param(std::string_view name) const;

    /// nullopt when missing. Errors: invalid_argument (repeated).
    Result<std::optional<std::string>> find_query_param(std::string_view name) const;

    std::optional<std::string_view> header(std::string_view name) const { return headers.find(name); }

    /// nullopt when missing, and also when it was sent twice: which one is ours cannot be told.
    std::optional<std::string_view> cookie(std::string_view name) const;

    std::string_view text() const { return as_text(body); }

    /// The fields of an `application/x-www-form-urlencoded` body.
    /// Errors: invalid_argument (other type, bad escape).
    Result<Parameters> form() const;
};

/// What the server knows about the request it hands to a handler.
struct Context {
    std::string request_id;    // ours, never from the peer; the "reference" of error answers
    std::string peer_address;  // numeric; from X-Forwarded-For when the connection is a trusted proxy's
    bool secure{false};        // came over TLS, ours or the trusted proxy's
    std::string_view route;    // the pattern, e.g. "/v/{verification}"; empty when none matched
    runtime::Deadline deadline{runtime::Deadline::never()};
};

}  // namespace countersign::net
