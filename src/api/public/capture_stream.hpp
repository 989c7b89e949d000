#pragma once

#include "domain/capture/service.hpp"
#include "domain/verification/session_service.hpp"
#include "net/websocket.hpp"

namespace countersign::api {

/// The stream of one capture as a WebSocket, sub-protocol `fcap.1`: frames in, messages out.
/// Source: docs/protocol/capture.md.
net::WebSocketRoute capture_stream(domain::SessionService& sessions, domain::CaptureService& captures);

}  // namespace countersign::api
