#include "api/public/capture_routes.hpp"

#include "api/public/browser_binding.hpp"
#include "api/public/capture_stream.hpp"
#include "api/public/session_view.hpp"

namespace countersign::api {
namespace {

using net::Context;
using net::HttpStatus;
using net::Lane;
using net::Request;
using net::Response;

// Four frames with their headers and codes, as the protocol allows in one body.
constexpr std::size_t kMaxBatchBytes = 4 * (200'000 + 44);

// Of the camera's name, which the page can make up.
constexpr std::size_t kLongestLabel = 120;

Result<Response> get_session(CaptureServices services, const Request& request, Context&) {
    const domain::BrowserSession browser = CS_TRY(authorise(request, services.sessions));
    const domain::Presentation presentation =
        CS_TRY(services.settings.present(browser.verification.tenant, browser.verification.origin.locale));
    return Response::json(HttpStatus::ok, to_json(browser, presentation));
}

/// A logo is public, and its address names this very picture: browsers keep it for a year.
Result<Response> get_logo(CaptureServices services, const Request& request, Context&) {
    const std::string tenant_text = CS_TRY(request.path_param("tenant"));
    const std::string logo = CS_TRY(request.path_param("logo"));
    const auto tenant = TenantId::parse(tenant_text);
    if (!tenant) return fail(ErrorCode::not_found, "no such logo");
    Response response;
    response.body = CS_TRY(services.settings.logo(*tenant, logo));
    response.set_header("Content-Type", "image/png");
    response.set_header("Cache-Control", "public, max-age=31536000, immutable");
    return response;
}

Result<Response> post_consent(CaptureServices services, const Request& request, Context&) {
    const domain::BrowserSession browser = CS_TRY(authorise(request, services.sessions));
    const json::object body = CS_TRY(json::parse_object(request.text()));
    domain::ConsentAnswer answer;
    answer.version = CS_TRY(json::get_string(body, "version"));
    answer.sha256 = CS_TRY(json::get_string(body, "sha256"));
    answer.locale = CS_TRY(json::get_string(body, "locale"));
    answer.accepted = CS_TRY(json::get_bool(body, "accepted"));

    const auto receipt =
        CS_TRY(services.consents.answer(browser.verification.tenant, browser.verification.id, answer));

    json::value id = nullptr;
    if (receipt) id = receipt->text();
    return Response::json(HttpStatus::ok, {{"receipt", id}});
}

Result<Response> post_challenge(CaptureServices services, const Request& request, Context&) {
    const domain::BrowserSession browser = CS_TRY(authorise(request, services.sessions));
    const json::object body = CS_TRY(json::parse_object(request.text()));
    domain::CaptureClient client;
    if (const json::value* told = body.if_contains("client"); told != nullptr && told->is_object()) {
        const auto transport = CS_TRY(json::find_string(told->as_object(), "transport"));
        client.transport = transport.value_or("");
        const auto label = CS_TRY(json::find_string(told->as_object(), "camera_label"));
        client.camera_label = label.value_or("").substr(0, kLongestLabel);
    }
    const auto wanted = CS_TRY(json::find_string(body, "prefer"));
    client.prefers_movement = wanted == "movement";
    const domain::ChallengeOffer offer = CS_TRY(services.captures.open(browser, client));
    return Response::json(HttpStatus::ok, domain::to_json(offer));
}

Result<Response> post_frames(CaptureServices services, const Request& request, Context&) {
    const domain::BrowserSession browser = CS_TRY(authorise(request, services.sessions));
    const std::string ticket = CS_TRY(request.query_param("ticket"));
    const bool is_text = request.header("Content-Type").value_or("").starts_with("application/json");
    const auto kind = is_text ? domain::PolledCaptures::Body::message : domain::PolledCaptures::Body::frames;
    const domain::CaptureOutput output = CS_TRY(services.polled.post(browser, ticket, kind, request.body));
    return Response::json(HttpStatus::ok, domain::to_json(output.messages));
}

Result<Response> post_cancel(CaptureServices services, const Request& request, Context&) {
    const domain::BrowserSession browser = CS_TRY(authorise(request, services.sessions));
    const json::object body = CS_TRY(json::parse_object(request.text()));
    const std::string reason = CS_TRY(json::get_string(body, "reason"));
    if (reason != "cancelled" && reason != "other_method") {
        return fail(ErrorCode::invalid_argument, "\"reason\" must be cancelled or other_method");
    }
    const auto why =
        reason == "cancelled" ? domain::CancelReason::cancelled : domain::CancelReason::other_method;
    CS_TRY(services.verifications.cancel(browser.verification.tenant, browser.verification.id, why));
    return Response::no_content();
}

template <class F>
net::Handler with(CaptureServices services, F function) {
    return [services, function](const Request& request, Context& context) {
        return function(services, request, context);
    };
}

}  // namespace

void add_capture_routes(net::Router& router, CaptureServices services) {
    const std::string base = "/api/capture/v1";
    router.get(base + "/session", Lane::request, with(services, get_session));
    router.get(fmt::format("{}/{{tenant}}/{{logo}}", kLogoPath), Lane::request, with(services, get_logo));
    router.post(base + "/consent", Lane::request, with(services, post_consent));
    router.post(base + "/challenge", Lane::request, with(services, post_challenge));
    router.post(base + "/cancel", Lane::request, with(services, post_cancel));
    router.websocket(base + "/stream", Lane::compute, capture_stream(services.sessions, services.captures));
    router.post(base + "/frames", Lane::compute, with(services, post_frames),
                {.max_body_bytes = kMaxBatchBytes});
}

}  // namespace countersign::api
