#pragma once

#include <array>
#include <string>
#include <unordered_map>

#include "net/router.hpp"
#include "telemetry/metrics.hpp"

namespace countersign::net {

/// Requests and durations by route pattern and class of status. All handles are taken at construction.
class RouteMetrics {
public:
    RouteMetrics(const std::string& server, const Router& router, telemetry::Metrics& metrics);

    /// `route` null: no route matched.
    void count(const Route* route, HttpStatus status, double seconds) const;

private:
    struct Handles {
        std::array<telemetry::Counter, 5> by_class;  // 1xx to 5xx
        telemetry::Histogram duration;
    };
    static Handles make(const std::string& server, const Route* route, telemetry::Metrics& metrics);

    std::unordered_map<const Route*, Handles> handles_;
};

}  // namespace countersign::net
