#include "api/admin/page_routes.hpp"

#include "api/security_headers.hpp"

namespace countersign::api::admin {
namespace {

constexpr std::string_view kApi = "api/";

/// The name of a file has a dot in its last part; addresses of the portal have none.
bool names_a_file(std::string_view path) {
    const auto slash = path.rfind('/');
    return path.find('.', slash == std::string_view::npos ? 0 : slash) != std::string_view::npos;
}

Result<net::Response> serve_page(const net::StaticAssets& assets, const net::Request& request) {
    const auto given = request.path_params.find("path");
    const std::string path = given == request.path_params.end() ? std::string() : given->second;
    if (path.starts_with(kApi)) return fail(ErrorCode::not_found, "no such call");
    return assets.serve(names_a_file(path) ? path : "index.html", request);
}

net::Response not_built() {
    return net::Response::text(net::HttpStatus::service_unavailable,
                               "The portal's pages are not installed on this server.\n"
                               "Operator: build them with `make setup`, or set portal.web_root.\n");
}

}  // namespace

void add_page_routes(net::Router& router, const net::StaticAssets* assets) {
    const net::Handler page = [assets](const net::Request& request, net::Context&) -> Result<net::Response> {
        if (assets == nullptr) return not_built();
        return serve_page(*assets, request);
    };
    router.get("/", net::Lane::inline_, page);
    router.get("/{path*}", net::Lane::inline_, page);
}

void add_portal_headers(const net::Request& request, const net::Context& context, net::Response& response) {
    if (!response.headers.has("Content-Security-Policy")) {
        response.set_header(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
            "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
            "frame-ancestors 'none'");
    }
    response.set_header("Permissions-Policy",
                        "camera=(), microphone=(), geolocation=(), display-capture=(), "
                        "publickey-credentials-create=(self), publickey-credentials-get=(self)");
    add_security_headers(request, context, response);
}

}  // namespace countersign::api::admin
