#include "net/route_metrics.hpp"

#include <algorithm>

namespace countersign::net {

RouteMetrics::RouteMetrics(const std::string& server, const Router& router, telemetry::Metrics& metrics) {
    handles_.emplace(nullptr, make(server, nullptr, metrics));
    for (const auto& route : router.routes())
        handles_.emplace(route.get(), make(server, route.get(), metrics));
}

RouteMetrics::Handles RouteMetrics::make(const std::string& server, const Route* route,
                                         telemetry::Metrics& metrics) {
    const telemetry::Labels labels{
        {"server", server},
        {"route", route == nullptr ? "none" : route->pattern},
        {"method", route == nullptr ? "any" : std::string(to_string(route->method))}};
    const auto requests = [&](const char* status_class) {
        auto with_class = labels;
        with_class.emplace("status", status_class);
        return metrics.counter("countersign_http_requests_total", "Answered requests.", with_class);
    };
    return Handles{{requests("1xx"), requests("2xx"), requests("3xx"), requests("4xx"), requests("5xx")},
                   metrics.histogram("countersign_http_request_duration_seconds",
                                     "From the request's head to the end of its answer.", labels)};
}

void RouteMetrics::count(const Route* route, HttpStatus status, double seconds) const {
    const auto& handles = handles_.at(route);
    const auto status_class = std::clamp(static_cast<unsigned>(status) / 100U, 1U, 5U);
    handles.by_class.at(status_class - 1).increment();
    handles.duration.observe(seconds);
}

}  // namespace countersign::net
