#include "net/response.hpp"

namespace countersign::net {
namespace {

std::string_view to_string(SameSite same_site) {
    switch (same_site) {
        case SameSite::strict:
            return "Strict";
        case SameSite::lax:
            return "Lax";
        case SameSite::none:
            return "None";
    }
    return "Strict";
}

Response with_type(HttpStatus status, std::string type, std::string text) {
    Response response{.status = status, .headers = {}, .body = std::move(text)};
    response.set_header("Content-Type", std::move(type));
    return response;
}

}  // namespace

Response Response::json(HttpStatus status, const json::value& document) {
    return with_type(status, "application/json", json::serialize(document));
}

Response Response::html(HttpStatus status, std::string document) {
    return with_type(status, "text/html; charset=utf-8", std::move(document));
}

Response Response::text(HttpStatus status, std::string text) {
    return with_type(status, "text/plain; charset=utf-8", std::move(text));
}

Response Response::bytes(HttpStatus status, std::string content_type, Bytes bytes) {
    Response response{.status = status, .headers = {}, .body = std::move(bytes)};
    response.set_header("Content-Type", std::move(content_type));
    return response;
}

Response Response::redirect(std::string location) {
    Response response = empty(HttpStatus::see_other);
    response.set_header("Location", std::move(location));
    return response;
}

Response Response::no_content() {
    return empty(HttpStatus::no_content);
}

Response Response::empty(HttpStatus status) {
    return {.status = status, .headers = {}, .body = std::string()};
}

Response& Response::set_header(std::string name, std::string value) {
    headers.set(std::move(name), std::move(value));
    return *this;
}

Response& Response::set_cookie(const Cookie& cookie) {
    // A separator inside would become an attribute; the caller's values are encoded tokens.
    CS_CHECK(cookie.name.find_first_of("=; ,\"") == std::string::npos && !cookie.name.empty());
    CS_CHECK(cookie.value.find_first_of("; ,\"") == std::string::npos);
    std::string text = fmt::format("{}={}; Path={}", cookie.name, cookie.value, cookie.path);
    if (cookie.max_age) text += fmt::format("; Max-Age={}", cookie.max_age->value / 1'000'000);
    if (cookie.secure) text += "; Secure";
    if (cookie.http_only) text += "; HttpOnly";
    text += fmt::format("; SameSite={}", to_string(cookie.same_site));
    headers.add("Set-Cookie", std::move(text));
    return *this;
}

ByteView Response::body_view() const {
    if (const auto* text = std::get_if<std::string>(&body)) return as_bytes(*text);
    if (const auto* bytes = std::get_if<Bytes>(&body)) return *bytes;
    const auto& shared = std::get<SharedBytes>(body);
    return shared ? ByteView(*shared) : ByteView();
}

}  // namespace countersign::net
