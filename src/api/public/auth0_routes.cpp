#include "api/public/auth0_routes.hpp"

#include "api/html.hpp"
#include "api/problem.hpp"
#include "api/public/browser_binding.hpp"
#include "api/security_headers.hpp"
#include "telemetry/log.hpp"

namespace countersign::api {
namespace {

using net::Context;
using net::Lane;
using net::Request;
using net::Response;

domain::BrowserInfo browser_of(const Request& request, const Context& context) {
    return {.address = context.peer_address,
            .user_agent = std::string(request.header("User-Agent").value_or(""))};
}

/// The browser only sees a page; whoever looks for the reason at night finds it here.
void note_refusal(const Error& error) {
    const bool ours = problem_kind(error.code).status >= net::HttpStatus::internal_server_error;
    telemetry::log::event(ours ? telemetry::log::Level::error : telemetry::log::Level::info, "start.refused",
                          {{"code", to_string(error.code)}, {"detail", error.detail}});
}

/// Whatever goes wrong, the address with the token is left at once for a clean one.
Result<Response> start(Auth0Services services, const Request& request, Context& context) {
    const auto integration = request.path_param("integration");
    const auto token = request.query_param("session_token");
    const auto state = request.query_param("state");
    if (!integration || !token || !state) return Response::redirect("/e/link_invalid");

    const auto started = services.start.start(*integration, *token, *state, browser_of(request, context));
    if (!started) {
        note_refusal(started.error());
        return Response::redirect(fmt::format("/e/{}", domain::start_error_page(started.error().code)));
    }

    Response response = Response::redirect(fmt::format("/v/{}", started->verification.text()));
    response.set_cookie(
        {.name = std::string(kCaptureCookie), .value = started->cookie_value, .max_age = std::nullopt});
    return response;
}

/// Browsers hold a form's redirects against `form-action` too, and the identity provider redirects on to the
/// application, whose address is not known here (docs/adr/0040). So the scheme is pinned, not the host.
std::string_view form_action_for(std::string_view continue_url) {
    if (continue_url.starts_with("https:")) return "https:";
    // The policy's grammar knows no IPv6 address.
    return continue_url.starts_with("http://127.0.0.1") ? "http://127.0.0.1:*" : "http:";
}

Result<Response> give_back(Auth0Services services, const Request& request, Context&) {
    CS_TRY(require_same_origin(request));
    const std::string text = CS_TRY(request.path_param("verification"));
    const VerificationId id = CS_TRY(VerificationId::parse(text));
    const std::string_view cookie = CS_TRY(capture_cookie(request));

    const domain::Return form = CS_TRY(services.give_back.take(id, cookie));

    Response response = Response::html(
        net::HttpStatus::ok,
        posting_page(form.continue_url, {{"state", form.state}, {"session_token", form.session_token}}));
    response.set_header("Content-Security-Policy",
                        content_security_policy(form_action_for(form.continue_url)));
    response.set_cookie({.name = std::string(kCaptureCookie), .value = "", .max_age = Micros{0}});
    return response;
}

Result<Response> confirm(Auth0Services services, const Request& request, Context&) {
    const json::object body = CS_TRY(json::parse_object(request.text()));
    const std::string token = CS_TRY(json::get_string(body, "confirm_token"));

    const domain::Confirmation confirmation = CS_TRY(services.confirm.confirm(token));

    return Response::json(net::HttpStatus::ok, {{"confirmed", true},
                                                {"method", domain::to_string(confirmation.method)},
                                                {"credential_id", confirmation.credential.text()}});
}

net::Handler fixed_file(std::string_view type, std::string_view text) {
    return [type, text](const Request&, Context&) -> Result<Response> {
        Response response = Response::text(net::HttpStatus::ok, std::string(text));
        response.set_header("Content-Type", std::string(type));
        response.set_header("Cache-Control", "public, max-age=3600");
        return response;
    };
}

template <class F>
net::Handler with(Auth0Services services, F function) {
    return [services, function](const Request& request, Context& context) {
        return function(services, request, context);
    };
}

}  // namespace

void add_auth0_routes(net::Router& router, Auth0Services services) {
    router.get("/a/{integration}/start", Lane::request, with(services, start));
    router.post("/v/{verification}/return", Lane::request, with(services, give_back));
    router.post("/api/auth0/v1/confirm", Lane::request, with(services, confirm));
    router.get(std::string(kReturnScriptPath), Lane::inline_,
               fixed_file("text/javascript; charset=utf-8", return_script()));
    router.get(std::string(kReturnStylePath), Lane::inline_,
               fixed_file("text/css; charset=utf-8", return_style()));
}

}  // namespace countersign::api
