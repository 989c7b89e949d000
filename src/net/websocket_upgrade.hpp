#pragma once

#include <string>

#include "net/request.hpp"
#include "net/websocket.hpp"

namespace countersign::net {

/// Checks the origin and picks the sub-protocol: the first of ours that the client offers; empty when the
/// route has none.
///
/// Errors: forbidden (origin), invalid_argument (no common sub-protocol).
/// Source: RFC 6455 §4.2.2, §10.2.
Result<std::string> check_upgrade(const WebSocketRoute& route, const Request& request);

}  // namespace countersign::net
