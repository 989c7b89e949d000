#include "net/router.hpp"

#include <fmt/ranges.h>
#include <algorithm>

namespace countersign::net {
namespace {

std::vector<std::string> split(std::string_view path) {
    std::vector<std::string> segments;
    if (path.starts_with('/')) path.remove_prefix(1);
    for (;;) {
        const auto slash = path.find('/');
        segments.emplace_back(path.substr(0, slash));
        if (slash == std::string_view::npos) return segments;
        path.remove_prefix(slash + 1);
    }
}

bool is_param(const std::string& segment) {
    return segment.starts_with('{');
}
bool is_rest(const std::string& segment) {
    return segment.ends_with("*}");
}

std::string param_name(const std::string& segment) {
    return segment.substr(1, segment.size() - (is_rest(segment) ? 3 : 2));
}

/// How specific a segment is: a literal before a parameter before a rest.
int rank(const std::string& segment) {
    return !is_param(segment) ? 0 : !is_rest(segment) ? 1 : 2;
}

bool more_specific(const Route& a, const Route& b) {
    return std::ranges::lexicographical_compare(a.segments, b.segments, {}, rank, rank);
}

using PathParams = std::map<std::string, std::string, std::less<>>;

std::optional<PathParams> match(const Route& route, const std::vector<std::string>& path) {
    PathParams params;
    std::size_t at = 0;
    for (const auto& segment : route.segments) {
        if (at >= path.size()) return std::nullopt;
        if (is_param(segment) && path[at].empty()) return std::nullopt;
        if (is_rest(segment)) {
            std::string rest = path[at++];
            for (; at < path.size(); ++at)
                rest += "/" + path[at];
            params.emplace(param_name(segment), std::move(rest));
            return params;
        }
        if (is_param(segment)) {
            params.emplace(param_name(segment), path[at]);
        } else if (segment != path[at]) {
            return std::nullopt;
        }
        ++at;
    }
    if (at != path.size()) return std::nullopt;
    return params;
}

void check_pattern(const Route& route) {
    CS_CHECK(route.pattern.starts_with('/'));
    for (std::size_t i = 0; i < route.segments.size(); ++i) {
        const auto& segment = route.segments[i];
        CS_CHECK(!is_param(segment) || (segment.ends_with('}') && !param_name(segment).empty()));
        CS_CHECK(!is_rest(segment) || i + 1 == route.segments.size());
    }
}

}  // namespace

Router& Router::add(Method method, std::string pattern, Lane lane, Handler handler, RouteOptions options) {
    auto segments = split(pattern);
    return insert(Route{method, std::move(pattern), lane, options, std::move(handler), std::nullopt,
                        std::move(segments)});
}

Router& Router::get(std::string pattern, Lane lane, Handler handler, RouteOptions options) {
    return add(Method::get, std::move(pattern), lane, std::move(handler), options);
}

Router& Router::post(std::string pattern, Lane lane, Handler handler, RouteOptions options) {
    return add(Method::post, std::move(pattern), lane, std::move(handler), options);
}

Router& Router::put(std::string pattern, Lane lane, Handler handler, RouteOptions options) {
    return add(Method::put, std::move(pattern), lane, std::move(handler), options);
}

Router& Router::patch(std::string pattern, Lane lane, Handler handler, RouteOptions options) {
    return add(Method::patch, std::move(pattern), lane, std::move(handler), options);
}

Router& Router::del(std::string pattern, Lane lane, Handler handler, RouteOptions options) {
    return add(Method::delete_, std::move(pattern), lane, std::move(handler), options);
}

Router& Router::websocket(std::string pattern, Lane message_lane, WebSocketRoute route,
                          RouteOptions options) {
    CS_CHECK(message_lane != Lane::inline_ && route.open);
    auto segments = split(pattern);
    return insert(Route{
        Method::get, std::move(pattern), message_lane, options, {}, std::move(route), std::move(segments)});
}

Router& Router::insert(Route route) {
    check_pattern(route);
    const auto place =
        std::ranges::find_if(routes_, [&](const auto& other) { return more_specific(route, *other); });
    routes_.insert(place, std::make_unique<const Route>(std::move(route)));
    return *this;
}

Result<RouteMatch> Router::find(Method method, std::string_view path) const {
    std::vector<std::string> decoded;
    for (const auto& segment : split(path))
        decoded.push_back(CS_TRY(percent_decode(segment)));

    RouteMatch result;
    std::vector<std::string_view> allowed;
    for (const auto& route : routes_) {
        auto params = match(*route, decoded);
        if (!params) continue;
        const bool serves =
            route->method == method || (method == Method::head && route->method == Method::get);
        if (serves) {
            result.route = route.get();
            result.path_params = std::move(*params);
            return result;
        }
        allowed.push_back(to_string(route->method));
        if (route->method == Method::get) allowed.push_back(to_string(Method::head));
    }
    std::ranges::sort(allowed);
    const auto repeated = std::ranges::unique(allowed);
    allowed.erase(repeated.begin(), repeated.end());
    result.allow = fmt::format("{}", fmt::join(allowed, ", "));
    return result;
}

}  // namespace countersign::net
