#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "net/route_metrics.hpp"
#include "net/server.hpp"

namespace countersign::net {

/// The head of a request as the parser gives it.
struct RequestHead {
    Method method{Method::get};
    std::string target;
    Headers headers;
    std::string peer_address;  // of the connection
    bool over_tls{false};
    bool http_1_1{true};
};

/// One request and what became of it. Owned by its connection and, while a lane works on it, by the task.
struct Exchange {
    Request request;
    Context context;
    const Route* route{nullptr};
    std::optional<Response> early;  // decided by the head alone: the body is not read and nothing is run
    std::chrono::steady_clock::time_point begin;
};

/// The outcome of an upgrade: a handler, or the answer that refuses.
struct WebSocketOpening {
    std::unique_ptr<WebSocketHandler> handler;
    std::string protocol;  // empty: none negotiated
    Response refusal;      // valid when there is no handler
};

/// Everything between the parsed request and the answer that needs no socket: route, lane, handler, errors,
/// hook, log line and metrics.
///
/// Errors:  none leave it; they become answers through the ErrorMapper.
/// Threads: safe from any thread. `done` runs once, on the calling thread or on one of the lane.
class Dispatcher {
public:
    Dispatcher(const ServerOptions& options, Router router, ServerParts parts);

    /// Finds the route; sets `early` when there is nothing to run.
    std::shared_ptr<Exchange> begin(RequestHead head);

    /// Runs the handler in its lane. The request is complete now.
    void run(const std::shared_ptr<Exchange>& exchange, std::function<void(Response)> done);

    /// Checks the upgrade and asks the route to open the WebSocket, in the request lane.
    void open(const std::shared_ptr<Exchange>& exchange, std::function<void(WebSocketOpening)> done);

    /// The finished answer for an error met outside a handler.
    Response refuse(const Exchange& exchange, const Error& error) const;

    /// The finished answer for a status that the table of errors does not know (405, 431).
    Response refuse(const Exchange& exchange, Response bare) const;

    /// Logs and counts the exchange after its answer was sent.
    void finished(const Exchange& exchange, HttpStatus status, std::size_t bytes) const;

    runtime::Lane& lane(Lane which) const;

private:
    Response answer(const Exchange& exchange, Result<Response> result) const;
    Response map(const Exchange& exchange, const Error& error) const;
    void submit(const std::shared_ptr<Exchange>& exchange, Lane where, std::function<void()> work,
                std::function<void(const Error&)> refused) const;
    void set_peer(Context& context, const RequestHead& head) const;

    const ErrorMapper map_error_;
    const ResponseHook finish_;
    const std::vector<std::string> trusted_proxies_;
    const Router router_;
    const ServerParts parts_;
    const RouteMetrics metrics_;
};

}  // namespace countersign::net
