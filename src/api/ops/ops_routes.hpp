#pragma once

#include <functional>

#include "net/router.hpp"
#include "telemetry/metrics.hpp"

namespace countersign::api {

/// One condition of readiness, checked at each call. `detail` of an error goes to the log only.
struct ReadinessCheck {
    std::string name;
    std::function<Result<void>()> run;
};

/// `/healthz` (the process answers), `/readyz` (every check holds: 200, else 503 with the names of those that
/// do not),
/// `/metrics` (Prometheus text).
void add_ops_routes(net::Router& router, const telemetry::Metrics& metrics,
                    std::vector<ReadinessCheck> checks);

}  // namespace countersign::api
