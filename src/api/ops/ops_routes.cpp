#include "api/ops/ops_routes.hpp"

#include "telemetry/log.hpp"

namespace countersign::api {
namespace {

using net::Context;
using net::HttpStatus;
using net::Lane;
using net::Request;
using net::Response;

Result<Response> healthz(const Request&, Context&) {
    return Response::json(HttpStatus::ok, {{"status", "ok"}});
}

Response readiness(const std::vector<ReadinessCheck>& checks) {
    json::object states;
    bool ready = true;
    for (const ReadinessCheck& check : checks) {
        const Result<void> outcome = check.run();
        states[check.name] = outcome ? "ok" : "failed";
        if (outcome) continue;
        ready = false;
        telemetry::log::event(telemetry::log::Level::error, "readiness.failed",
                              {{"check", check.name}, {"detail", outcome.error().detail}});
    }
    return Response::json(ready ? HttpStatus::ok : HttpStatus::service_unavailable,
                          {{"status", ready ? "ready" : "not_ready"}, {"checks", states}});
}

}  // namespace

void add_ops_routes(net::Router& router, const telemetry::Metrics& metrics,
                    std::vector<ReadinessCheck> checks) {
    router.get("/healthz", Lane::inline_, healthz);
    router.get("/readyz", Lane::request,
               [checks = std::move(checks)](const Request&, Context&) -> Result<Response> {
                   return readiness(checks);
               });
    router.get("/metrics", Lane::request, [&metrics](const Request&, Context&) -> Result<Response> {
        Response response = Response::text(HttpStatus::ok, metrics.render());
        response.set_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
        return response;
    });
}

}  // namespace countersign::api
