#include "api/admin/guard.hpp"

namespace countersign::api::admin {
namespace {

bool only_reads(const net::Request& request) {
    return request.method == net::Method::get || request.method == net::Method::head;
}

/// Scheme and host of an origin: "https://host:8441" gives "host:8441".
std::string_view host_of(std::string_view origin) {
    const auto scheme_end = origin.find("://");
    return scheme_end == std::string_view::npos ? std::string_view{} : origin.substr(scheme_end + 3);
}

Result<domain::AdminActor> identify(const net::Request& request, domain::AdminAccess& access) {
    constexpr std::string_view kBearer = "Bearer ";
    if (const auto given = request.header("Authorization")) {
        if (!given->starts_with(kBearer)) return fail(ErrorCode::unauthenticated, "not a bearer token");
        return access.by_api_key(given->substr(kBearer.size()));
    }
    if (!only_reads(request)) CS_TRY(from_own_page(request));
    const std::string token = CS_TRY(session_token(request));
    return access.by_session(token);
}

}  // namespace

Result<void> from_own_page(const net::Request& request) {
    if (request.header("X-Countersign-Portal") != "1")
        return fail(ErrorCode::forbidden, "the portal's header is missing");
    if (request.header("Sec-Fetch-Site") != "same-origin")
        return fail(ErrorCode::forbidden, "not a request of the portal's own page");
    const auto origin = request.header("Origin");
    if (origin && host_of(*origin) != request.header("Host").value_or(""))
        return fail(ErrorCode::forbidden, "a foreign origin");
    return {};
}

Result<std::string> session_token(const net::Request& request) {
    const auto value = request.cookie(kSessionCookie);
    if (!value || value->empty()) return fail(ErrorCode::unauthenticated, "no session cookie");
    return std::string(*value);
}

Result<domain::AdminActor> authorise(const net::Request& request, domain::AdminAccess& access,
                                     domain::Permission permission, Confirmation confirmation) {
    auto actor = CS_TRY(identify(request, access));
    if (!actor.may(permission)) {
        return fail(ErrorCode::forbidden,
                    fmt::format("{} lacks {}", actor.actor, domain::to_string(permission)));
    }
    if (confirmation == Confirmation::recent && !actor.recently_authenticated)
        return fail(ErrorCode::reauthentication_required, actor.actor);
    return actor;
}

}  // namespace countersign::api::admin
