#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "net/request.hpp"
#include "net/response.hpp"
#include "net/websocket.hpp"

namespace countersign::net {

/// Where a handler runs. `inline_` is the I/O thread itself: only for work below 100 µs that never blocks.
enum class Lane { inline_, request, compute };

/// A plain blocking function. An error goes through the ErrorMapper.
using Handler = std::function<Result<Response>(const Request&, Context&)>;

struct RouteOptions {
    std::size_t max_body_bytes{64 * 1024};
    Micros deadline{seconds(10)};  // the longest wait in the lane's queue; also Context::deadline
};

struct Route {
    Method method{Method::get};
    std::string pattern;
    Lane lane{Lane::request};
    RouteOptions options;
    Handler handler;
    std::optional<WebSocketRoute> websocket;  // then `handler` is empty and `lane` is that of the messages
    std::vector<std::string> segments;        // of the pattern
};

/// What a path and method lead to.
struct RouteMatch {
    const Route* route{nullptr};
    std::map<std::string, std::string, std::less<>> path_params;
    std::string allow;  // with route == nullptr: empty for 404, else 405 with this Allow header
};

/// The table of routes, filled at start.
///
/// A pattern is a path whose segments are literal, `{name}` (one non-empty segment) or, last, `{name*}` (the
/// rest, one segment or more). Literal segments win over parameters, those over a rest. HEAD is served by the
/// GET route.
///
/// Threads: add from one thread before the server starts; find() is const and safe from any thread
/// afterwards.
class Router {
public:
    Router& add(Method method, std::string pattern, Lane lane, Handler handler, RouteOptions options = {});
    Router& get(std::string pattern, Lane lane, Handler handler, RouteOptions options = {});
    Router& post(std::string pattern, Lane lane, Handler handler, RouteOptions options = {});
    Router& put(std::string pattern, Lane lane, Handler handler, RouteOptions options = {});
    Router& patch(std::string pattern, Lane lane, Handler handler, RouteOptions options = {});
    Router& del(std::string pattern, Lane lane, Handler handler, RouteOptions options = {});
    Router& websocket(std::string pattern, Lane message_lane, WebSocketRoute route,
                      RouteOptions options = {});

    /// `path` is percent-encoded. Errors: invalid_argument (bad escape).
    Result<RouteMatch> find(Method method, std::string_view path) const;

    const std::vector<std::unique_ptr<const Route>>& routes() const { return routes_; }

private:
    Router& insert(Route route);

    std::vector<std::unique_ptr<const Route>> routes_;  // the more specific first
};

}  // namespace countersign::net
