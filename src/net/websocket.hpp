#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/time.hpp"
#include "net/request.hpp"

namespace countersign::net {

struct WebSocketMessage {
    bool binary{false};
    Bytes data;

    std::string_view text() const { return as_text(data); }
};

/// Close codes of RFC 6455 §7.4.1 that we send.
enum class CloseCode : std::uint16_t {
    normal = 1000,
    going_away = 1001,
    policy_violation = 1008,
    too_big = 1009,
    internal_error = 1011,
    try_again_later = 1013,
};

/// The other end of one WebSocket. Valid until WebSocketHandler::on_close() has returned.
///
/// Threads: every function from any thread; none of them blocks.
class WebSocketPeer {
public:
    virtual ~WebSocketPeer() = default;

    virtual void send_text(std::string text) = 0;

    /// Sends what was given before, then the close frame. Messages that come later are not handled.
    virtual void close(CloseCode code, std::string reason = {}) = 0;

    /// Runs `callback` on the route's lane after `delay`, serialised with the handler's other calls.
    /// Callbacks that are due after the close are not run.
    virtual void call_later(Micros delay, std::function<void()> callback) = 0;

    virtual const Context& context() const = 0;
};

/// Our side of one WebSocket. All calls come on the route's lane, one at a time.
///
/// A call that throws ends the connection with internal_error.
class WebSocketHandler {
public:
    virtual ~WebSocketHandler() = default;

    /// First call, after the upgrade.
    virtual void on_open(WebSocketPeer& /*peer*/) {}

    virtual void on_message(WebSocketPeer& peer, const WebSocketMessage& message) = 0;

    /// Last call, exactly once for every handler, whoever ended the connection, and also when the upgrade
    /// itself failed before on_open. The handler is destroyed afterwards.
    virtual void on_close() {}
};

struct WebSocketRoute {
    /// Decides, on the request lane, whether to upgrade. An error becomes an ordinary error answer.
    std::function<Result<std::unique_ptr<WebSocketHandler>>(const Request&, Context&)> open;

    /// Sub-protocols we speak, best first. A client that offers none of them is refused with
    /// invalid_argument; an empty list means no negotiation.
    std::vector<std::string> protocols;

    /// Whether the Origin header is ours; refused with `forbidden` before open(). Empty: only requests whose
    /// Origin host equals their Host header.
    std::function<bool(const Request&)> origin_allowed;

    std::size_t max_message_bytes{256 * 1024};
    std::size_t max_queued_messages{4};    // then the server stops reading from the socket
    Micros idle_timeout{seconds(60)};      // without any data from the peer
    Micros message_deadline{seconds(10)};  // a message not started by then closes with try_again_later
};

}  // namespace countersign::net
