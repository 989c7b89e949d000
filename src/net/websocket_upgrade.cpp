#include "net/websocket_upgrade.hpp"

#include <algorithm>

#include "net/field_list.hpp"

namespace countersign::net {
namespace {

/// A browser always sends Origin with an upgrade; without it the request is not one of our page's.
bool same_origin(const Request& request) {
    const auto origin = request.header("Origin");
    const auto host = request.header("Host");
    if (!origin || !host) return false;
    const auto scheme_end = origin->find("://");
    return scheme_end != std::string_view::npos && same_header_name(origin->substr(scheme_end + 3), *host);
}

}  // namespace

Result<std::string> check_upgrade(const WebSocketRoute& route, const Request& request) {
    const bool allowed = route.origin_allowed ? route.origin_allowed(request) : same_origin(request);
    if (!allowed) return fail(ErrorCode::forbidden, "WebSocket from a foreign origin");
    if (route.protocols.empty()) return std::string();
    const auto offered = list_items(request.headers, "Sec-WebSocket-Protocol");
    for (const auto& ours : route.protocols) {
        if (std::ranges::find(offered, ours) != offered.end()) return ours;
    }
    return fail(ErrorCode::invalid_argument, "no common WebSocket sub-protocol");
}

}  // namespace countersign::net
