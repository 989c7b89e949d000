#include "api/admin/guard.hpp"

#include <algorithm>

namespace countersign::api::admin {
namespace {

bool only_reads(const net::Request& request) {
    return request.method == net::Method::get || request.method == net::Method::head;
}

Result<domain::AdminActor> identify(const net::Request& request, const Gate& gate) {
    constexpr std::string_view kBearer = "Bearer ";
    if (const auto given = request.header("Authorization")) {
        if (!given->starts_with(kBearer)) return fail(ErrorCode::unauthenticated, "not a bearer token");
        return gate.access.by_api_key(given->substr(kBearer.size()));
    }
    if (!only_reads(request)) CS_TRY(from_own_page(request, gate.origin));
    const std::string token = CS_TRY(session_token(request));
    return gate.access.by_session(token);
}

}  // namespace

std::string origin_of(std::string_view url) {
    const auto scheme = url.find("://");
    const auto host = scheme == std::string_view::npos ? 0 : scheme + 3;
    std::string origin;
    for (const char c : url.substr(0, url.find('/', host)))
        origin += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    const std::string_view usual_port = origin.starts_with("https:") ? ":443" : ":80";
    if (origin.ends_with(usual_port)) origin.erase(origin.size() - usual_port.size());
    return origin;
}

Result<void> from_own_page(const net::Request& request, std::string_view own_origin) {
    if (request.header("X-Countersign-Portal") != "1")
        return fail(ErrorCode::forbidden, "the portal's header is missing");
    if (request.header("Sec-Fetch-Site") != "same-origin")
        return fail(ErrorCode::forbidden, "not a request of the portal's own page");
    const auto origin = request.header("Origin");
    if (origin && *origin != own_origin)
        return fail(ErrorCode::forbidden,
                    fmt::format("the page is of {}, portal.public_url is {}", *origin, own_origin));
    return {};
}

Result<std::string> session_token(const net::Request& request) {
    const auto value = request.cookie(kSessionCookie);
    if (!value || value->empty()) return fail(ErrorCode::unauthenticated, "no session cookie");
    return std::string(*value);
}

Result<domain::AdminActor> authorise(const net::Request& request, const Gate& gate,
                                     domain::Permission permission, Confirmation confirmation) {
    auto actor = CS_TRY(identify(request, gate));
    if (!actor.may(permission)) {
        return fail(ErrorCode::forbidden,
                    fmt::format("{} lacks {}", actor.actor, domain::to_string(permission)));
    }
    if (confirmation == Confirmation::recent && !actor.recently_authenticated)
        return fail(ErrorCode::reauthentication_required, actor.actor);
    return actor;
}

}  // namespace countersign::api::admin
