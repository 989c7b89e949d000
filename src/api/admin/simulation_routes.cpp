#include "api/admin/body.hpp"
#include "api/admin/guard.hpp"
#include "api/admin/listing.hpp"
#include "api/admin/resource_routes.hpp"
#include "api/admin/values.hpp"

namespace countersign::api::admin {
namespace {

using domain::Permission;
using net::HttpStatus;
using net::Request;
using net::Response;

json::object to_json(const domain::Simulation& simulation, const std::optional<std::string>& start_url) {
    json::array steps;
    for (const auto& step : simulation.steps) {
        const bool waiting = !step.held && step.cause.empty();
        json::value cause = nullptr;
        if (!step.cause.empty()) cause = step.cause;
        steps.push_back({{"name", domain::to_string(step.name)},
                         {"state", step.held ? "passed"
                                   : waiting ? "waiting"
                                             : "failed"},
                         {"at", when(step.at)},
                         {"cause", cause}});
    }
    json::value transaction = nullptr;
    if (simulation.verification) transaction = simulation.verification->text();
    json::value repeats = nullptr;
    if (simulation.repeats) repeats = simulation.repeats->text();
    return {{"id", simulation.id.text()},
            {"integration", simulation.integration.text()},
            {"state", domain::to_string(simulation.status)},
            {"start_url", text_or_null(start_url)},
            {"transaction", transaction},
            {"repeats", repeats},
            {"user_until", when(simulation.status == domain::SimulationStatus::passed ? simulation.user_until
                                                                                      : std::nullopt)},
            {"created_at", to_rfc3339(simulation.created_at)},
            {"steps", std::move(steps)}};
}

/// The body may be left out: then a new test user logs in for the first time.
Result<std::optional<SimulationId>> simulation_to_repeat(const Request& request) {
    using Found = std::optional<SimulationId>;
    if (request.body.empty()) return Found();
    auto body = CS_TRY(Body::of(request));
    const auto text = body.find_text("repeats");
    CS_TRY(body.finish());
    if (!text) return Found();
    return Found(CS_TRY(SimulationId::parse(*text)));
}

Result<Response> start_simulation(const ResourceServices& services, const Request& request) {
    const auto actor = CS_TRY(authorise(request, services.gate, Permission::integrations_write));
    const auto id = CS_TRY(path_id<IntegrationId>(request, "integration"));
    const auto repeats = CS_TRY(simulation_to_repeat(request));
    const auto started = CS_TRY(services.simulations.start(actor.tenant, id, repeats, actor.actor));
    return Response::json(HttpStatus::created, to_json(started.simulation, started.start_url));
}

Result<Response> get_simulation(const ResourceServices& services, const Request& request) {
    const auto actor = CS_TRY(authorise(request, services.gate, Permission::integrations_read));
    const auto integration = CS_TRY(path_id<IntegrationId>(request, "integration"));
    const auto id = CS_TRY(path_id<SimulationId>(request, "simulation"));
    const auto simulation = CS_TRY(services.simulations.find(actor.tenant, integration, id));
    return Response::json(HttpStatus::ok, to_json(simulation, std::nullopt));
}

std::string field_of(const net::Parameters& form, std::string_view name) {
    for (const auto& [key, value] : form) {
        if (key == name) return value;
    }
    return {};
}

/// Where the capture page posts the result of a played login. It carries no cookie, being another site's
/// form; the state, known to this one login only, and the signature of the result are the proof.
Result<Response> take_result(const ResourceServices& services, const Request& request) {
    const auto form = CS_TRY(request.form());
    auto state = CS_TRY(filter_text(request, "state"));
    const auto ended = CS_TRY(services.simulations.finish(state ? *state : field_of(form, "state"),
                                                          field_of(form, "session_token")));
    return Response::redirect(
        fmt::format("/integrations/{}?tab=test&simulation={}", ended.integration.text(), ended.id.text()));
}

}  // namespace

void add_simulation_routes(net::Router& router, const ResourceServices& services) {
    constexpr auto lane = net::Lane::request;
    const std::string base = fmt::format("{}/integrations/{{integration}}/simulations", kAdminBase);
    router.post(base, lane, with(services, start_simulation));
    router.get(base + "/{simulation}", lane, with(services, get_simulation));
    router.post("/continue", lane, with(services, take_result));
}

}  // namespace countersign::api::admin
