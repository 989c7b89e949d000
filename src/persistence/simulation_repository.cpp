#include "base/json.hpp"
#include "persistence/changed_rows.hpp"
#include "persistence/repositories.hpp"

namespace countersign::persistence {
namespace {

using store::Statement;

constexpr Statement kInsert{
    .name = "simulation.insert",
    .sql =
        "INSERT INTO simulation (tenant_id, simulation_id, integration_id, external_id, return_domain, "
        "nonce, state_hash, verification_id, repeats, user_until, status, steps, created_by, created_at, "
        "expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
};
constexpr Statement kFind{
    .name = "simulation.find",
    .sql =
        "SELECT tenant_id, simulation_id, integration_id, external_id, return_domain, nonce, state_hash, "
        "verification_id, repeats, user_until, status, steps, created_by, created_at, expires_at FROM "
        "simulation WHERE tenant_id = $1 AND simulation_id = $2",
};
constexpr Statement kFindByState{
    .name = "simulation.find_by_state",
    .sql =
        "SELECT tenant_id, simulation_id, integration_id, external_id, return_domain, nonce, state_hash, "
        "verification_id, repeats, user_until, status, steps, created_by, created_at, expires_at FROM "
        "simulation WHERE state_hash = $1",
};
constexpr Statement kWithOverdueUser{
    .name = "simulation.with_overdue_user",
    .sql =
        "SELECT tenant_id, simulation_id, integration_id, external_id, return_domain, nonce, state_hash, "
        "verification_id, repeats, user_until, status, steps, created_by, created_at, expires_at FROM "
        "simulation WHERE user_until <= $1 ORDER BY user_until LIMIT $2",
};
constexpr Statement kUpdate{
    .name = "simulation.update",
    .sql =
        "UPDATE simulation SET verification_id = $3, status = $4, steps = $5, user_until = $6 WHERE "
        "tenant_id = $1 AND simulation_id = $2",
};
constexpr Statement kPurge{
    .name = "simulation.purge",
    .sql = "DELETE FROM simulation WHERE created_at < $1 AND user_until IS NULL",
};

std::string to_json(const std::vector<domain::SimulationStep>& steps) {
    json::array out;
    for (const auto& step : steps) {
        json::object item{{"name", to_string(step.name)}, {"held", step.held}, {"cause", step.cause}};
        if (step.at) item["at"] = step.at->value;
        out.push_back(std::move(item));
    }
    return json::serialize(out);
}

Result<domain::SimulationStep> read_step(const json::value& item) {
    if (!item.is_object()) return fail(ErrorCode::internal, "a simulation step is not an object");
    const auto& object = item.get_object();
    const auto name = CS_TRY(json::get_string(object, "name"));
    domain::SimulationStep step;
    step.name = CS_TRY(domain::parse_simulation_step_name(name));
    step.held = CS_TRY(json::get_bool(object, "held"));
    step.cause = CS_TRY(json::get_string(object, "cause"));
    if (object.contains("at")) {
        const auto at = CS_TRY(json::get_int(object, "at"));
        step.at = UnixMicros{at};
    }
    return step;
}

Result<std::vector<domain::SimulationStep>> from_json(std::string_view text) {
    const auto document = json::parse_strict(text);
    if (!document || !document->is_array())
        return fail(ErrorCode::internal, "simulation steps are not a list");
    std::vector<domain::SimulationStep> steps;
    for (const auto& item : document->get_array())
        steps.push_back(CS_TRY(read_step(item)));
    return steps;
}

Result<domain::Simulation> read_simulation(const store::Row& row) {
    const auto status = CS_TRY(row.text("status"));
    const auto steps = CS_TRY(row.text("steps"));
    domain::Simulation simulation;
    simulation.tenant = CS_TRY(row.id<TenantId>("tenant_id"));
    simulation.id = CS_TRY(row.id<SimulationId>("simulation_id"));
    simulation.integration = CS_TRY(row.id<IntegrationId>("integration_id"));
    simulation.external_id = CS_TRY(row.text("external_id"));
    simulation.return_domain = CS_TRY(row.text("return_domain"));
    simulation.nonce = CS_TRY(row.text("nonce"));
    simulation.state_hash = CS_TRY(row.text("state_hash"));
    simulation.verification = CS_TRY(row.opt_id<VerificationId>("verification_id"));
    simulation.repeats = CS_TRY(row.opt_id<SimulationId>("repeats"));
    simulation.user_until = CS_TRY(row.opt_time("user_until"));
    simulation.status = CS_TRY(domain::parse_simulation_status(status));
    simulation.steps = CS_TRY(from_json(steps));
    simulation.created_by = CS_TRY(row.text("created_by"));
    simulation.created_at = CS_TRY(row.time("created_at"));
    simulation.expires_at = CS_TRY(row.time("expires_at"));
    return simulation;
}

Result<domain::Simulation> read_one(const store::Rows& rows) {
    const auto row = CS_TRY(rows.one());
    return read_simulation(row);
}

}  // namespace

Result<void> SqlSimulationRepository::insert(const domain::Simulation& s) {
    CS_TRY(
        session_.execute(kInsert, {s.tenant, s.id, s.integration, s.external_id, s.return_domain, s.nonce,
                                   s.state_hash, s.verification, s.repeats, s.user_until, to_string(s.status),
                                   to_json(s.steps), s.created_by, s.created_at, s.expires_at}));
    return {};
}

Result<domain::Simulation> SqlSimulationRepository::find(const TenantId& tenant, const SimulationId& id) {
    const auto rows = CS_TRY(session_.query(kFind, {tenant, id}));
    return read_one(rows);
}

Result<domain::Simulation> SqlSimulationRepository::find_by_state(std::string_view state_hash) {
    const auto rows = CS_TRY(session_.query(kFindByState, {state_hash}));
    return read_one(rows);
}

Result<void> SqlSimulationRepository::update(const domain::Simulation& s) {
    return change_one(session_, kUpdate,
                      {s.tenant, s.id, s.verification, to_string(s.status), to_json(s.steps), s.user_until},
                      ErrorCode::not_found);
}

Result<std::vector<domain::Simulation>> SqlSimulationRepository::with_overdue_user(UnixMicros now,
                                                                                   int limit) {
    const auto rows = CS_TRY(session_.query(kWithOverdueUser, {now, limit}));
    std::vector<domain::Simulation> found;
    for (const auto& row : rows)
        found.push_back(CS_TRY(read_simulation(row)));
    return found;
}

Result<void> SqlSimulationRepository::purge(UnixMicros created_before) {
    CS_TRY(session_.execute(kPurge, {created_before}));
    return {};
}

}  // namespace countersign::persistence
