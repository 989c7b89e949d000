#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/bytes.hpp"
#include "base/json.hpp"
#include "base/time.hpp"
#include "net/headers.hpp"

namespace countersign::net {

enum class HttpStatus : unsigned {
    switching_protocols = 101,
    ok = 200,
    created = 201,
    accepted = 202,
    no_content = 204,
    see_other = 303,
    not_modified = 304,
    bad_request = 400,
    unauthorized = 401,
    forbidden = 403,
    not_found = 404,
    method_not_allowed = 405,
    conflict = 409,
    gone = 410,
    precondition_failed = 412,
    content_too_large = 413,
    unsupported_media_type = 415,
    locked = 423,
    precondition_required = 428,
    too_many_requests = 429,
    header_fields_too_large = 431,
    internal_server_error = 500,
    service_unavailable = 503,
    gateway_timeout = 504,
    insufficient_storage = 507,
};

enum class SameSite { strict, lax, none };

/// A cookie to set. The defaults are those of a `__Host-` cookie.
struct Cookie {
    std::string name;
    std::string value;
    std::optional<Micros> max_age;  // none: until the browser closes; zero: delete it
    SameSite same_site{SameSite::lax};
    bool secure{true};
    bool http_only{true};
    std::string path{"/"};
};

/// Bytes shared by many answers, such as a static file.
using SharedBytes = std::shared_ptr<const Bytes>;

/// One answer. The server adds Content-Length, Date and Connection.
///
/// A header or cookie with a control character makes the server answer 500 instead: nothing can be smuggled
/// in.
struct Response {
    HttpStatus status{HttpStatus::ok};
    Headers headers;
    std::variant<std::string, Bytes, SharedBytes> body;

    static Response json(HttpStatus status, const json::value& document);
    static Response html(HttpStatus status, std::string document);
    static Response text(HttpStatus status, std::string text);
    static Response bytes(HttpStatus status, std::string content_type, Bytes bytes);
    static Response redirect(std::string location);  // 303: the next request is a GET
    static Response no_content();
    static Response empty(HttpStatus status);

    Response& set_header(std::string name, std::string value);
    Response& set_cookie(const Cookie& cookie);

    ByteView body_view() const;
};

}  // namespace countersign::net
