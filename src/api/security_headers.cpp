#include "api/security_headers.hpp"

#include <fmt/format.h>

namespace countersign::api {
namespace {

void set_default(net::Response& response, std::string_view name, std::string value) {
    if (!response.headers.has(name)) response.set_header(std::string(name), std::move(value));
}

}  // namespace

std::string content_security_policy(std::string_view form_action) {
    return fmt::format(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: "
        "blob:; "
        "font-src 'self'; connect-src 'self'; worker-src 'self'; media-src 'self' blob:; base-uri 'none'; "
        "form-action {}; frame-ancestors 'none'",
        form_action);
}

void add_security_headers(const net::Request&, const net::Context& context, net::Response& response) {
    set_default(response, "X-Content-Type-Options", "nosniff");
    set_default(response, "Referrer-Policy", "no-referrer");
    set_default(response, "Cross-Origin-Opener-Policy", "same-origin");
    set_default(response, "Cross-Origin-Resource-Policy", "same-origin");
    set_default(response, "Permissions-Policy",
                "camera=(self), microphone=(), geolocation=(), display-capture=()");
    set_default(response, "Content-Security-Policy", content_security_policy());
    set_default(response, "Cache-Control", "no-store");
    if (context.secure)
        set_default(response, "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
}

}  // namespace countersign::api
