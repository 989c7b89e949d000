#include "domain/simulation/service.hpp"

#include <algorithm>

#include "crypto/digest.hpp"
#include "crypto/jose/jws.hpp"
#include "domain/audit/trail.hpp"
#include "domain/auth0/tokens.hpp"
#include "domain/simulation/test_users.hpp"

namespace countersign::domain {
namespace {

namespace jose = crypto::jose;
using Name = SimulationStepName;

constexpr Micros kStartLifetime = seconds(300);
constexpr Micros kConfirmLifetime = seconds(60);

std::string hash_of(std::string_view text) {
    return to_hex(crypto::sha256(as_bytes(text)));
}

std::string host_of(std::string_view url) {
    const auto scheme = url.find("://");
    return std::string(scheme == std::string_view::npos ? url : url.substr(scheme + 3));
}

SimulationStep step(Name name, bool held, UnixMicros at, std::string cause = {}) {
    return {.name = name, .held = held, .at = at, .cause = held ? std::string() : std::move(cause)};
}

/// All twelve, in order; those without news are waiting.
void complete(std::vector<SimulationStep>& steps) {
    for (int i = 0; i <= static_cast<int>(Name::replay_refused); ++i) {
        const auto name = static_cast<Name>(i);
        if (std::ranges::find(steps, name, &SimulationStep::name) == steps.end())
            steps.push_back(SimulationStep{.name = name});
    }
    std::ranges::sort(steps, {}, &SimulationStep::name);
}

void append(std::vector<SimulationStep>& steps, std::vector<SimulationStep> more) {
    std::ranges::move(more, std::back_inserter(steps));
}

bool all_held(const std::vector<SimulationStep>& steps) {
    return steps.size() == static_cast<std::size_t>(Name::replay_refused) + 1 &&
           std::ranges::all_of(steps, &SimulationStep::held);
}

/// The checks of the Action's onContinuePostLogin. Empty: the token is ours, for this login.
std::string result_fault(const Result<ResultClaims>& claims, const Simulation& simulation,
                         std::string_view state) {
    if (!claims)
        return "The result token does not verify. Check that no second installation uses this integration.";
    const bool ours = claims->issuer == simulation.return_domain &&
                      claims->subject == simulation.external_id && claims->nonce == simulation.nonce &&
                      claims->state == state && claims->verification == simulation.verification;
    return ours ? std::string() : "The result token is not about this login.";
}

/// The test user of the login to repeat, who passes from its simulation to the new one.
Result<std::string> take_over_user(Repositories& r, const Integration& integration, const SimulationId& id,
                                   UnixMicros now) {
    auto first = CS_TRY(r.simulations().find(integration.tenant, id));
    if (first.integration != integration.id)
        return fail(ErrorCode::not_found, "a simulation of another integration");
    if (!first.user_stays(now)) return fail(ErrorCode::conflict, "the test user is gone");
    first.user_until.reset();
    CS_TRY(r.simulations().update(first));
    return first.external_id;
}

}  // namespace

Result<std::string> SimulationService::start_token(const Simulation& simulation, const OpenSecret& secret) {
    const auto now = clock_.now();
    const json::object claims{{"iss", simulation.return_domain},
                              {"sub", simulation.external_id},
                              {"iat", to_unix_seconds(now)},
                              {"exp", to_unix_seconds(now + kStartLifetime)},
                              {"ip", ""},
                              {"purpose", "countersign-start"},
                              {"integration_id", simulation.integration.text()},
                              {"transaction_id", simulation.id.text()},
                              {"client_id", "countersign-portal"},
                              {"client_name", "Test of the integration"},
                              {"nonce", simulation.nonce},
                              {"mode", "always"},
                              {"locale", "en"}};
    return jose::sign_hs256(claims, secret.key.view());
}

Result<Simulation> SimulationService::prepare(Repositories& repositories, const Integration& integration,
                                              const std::optional<SimulationId>& repeats,
                                              std::string_view state) {
    const auto now = clock_.now();
    Simulation simulation;
    simulation.id = SimulationId::make(now, random_);
    simulation.tenant = integration.tenant;
    simulation.integration = integration.id;
    simulation.repeats = repeats;
    simulation.external_id = fmt::format("{}{}", kSimulatedUser, simulation.id.text().substr(4));
    if (repeats) simulation.external_id = CS_TRY(take_over_user(repositories, integration, *repeats, now));
    simulation.return_domain = host_of(addresses_.portal_url);
    simulation.nonce = random_.token(24);
    simulation.state_hash = hash_of(state);
    simulation.created_at = now;
    simulation.expires_at = now + kSimulationLifetime;
    simulation.user_until = simulation.expires_at;
    return simulation;
}

Result<StartedSimulation> SimulationService::start(const TenantId& tenant,
                                                   const IntegrationId& integration_id,
                                                   const std::optional<SimulationId>& repeats,
                                                   std::string_view actor) {
    const auto now = clock_.now();
    const auto state = random_.token(32);
    return in_transaction(work_, Access::write, [&](Repositories& r) -> Result<StartedSimulation> {
        const auto integration = CS_TRY(r.integrations().find(tenant, integration_id));
        const auto secrets = CS_TRY(valid_secrets(r, keys_, integration, now));
        StartedSimulation started;
        auto& simulation = started.simulation;
        simulation = CS_TRY(prepare(r, integration, repeats, state));
        simulation.created_by = std::string(actor);
        const auto fault = readiness_fault(integration, secrets.size(), addresses_.portal_url);
        simulation.steps = {step(Name::integration_ready, fault.empty(), now, fault)};
        if (!fault.empty()) {
            simulation.status = SimulationStatus::failed;
            simulation.user_until = now;
        }
        CS_TRY(r.simulations().insert(simulation));
        const AuditEntry entry{tenant,
                               std::string(actor),
                               "integration.simulated",
                               integration_id.text(),
                               {{"simulation", simulation.id.text()}}};
        CS_TRY(append_audit(r, entry, now, random_));
        if (fault.empty()) {
            const auto token = CS_TRY(start_token(simulation, secrets.front()));
            started.start_url = fmt::format("{}/a/{}/start?session_token={}&state={}", addresses_.capture_url,
                                            integration_id.text(), token, state);
        }
        complete(simulation.steps);
        return started;
    });
}

Result<Simulation> SimulationService::find(const TenantId& tenant, const IntegrationId& integration,
                                           const SimulationId& id) {
    const auto now = clock_.now();
    return in_transaction(work_, Access::read, [&](Repositories& r) -> Result<Simulation> {
        auto simulation = CS_TRY(r.simulations().find(tenant, id));
        if (simulation.integration != integration)
            return fail(ErrorCode::not_found, "a simulation of another integration");
        if (simulation.status == SimulationStatus::running && simulation.verification) {
            const auto verification = CS_TRY(r.verifications().find(tenant, *simulation.verification));
            const auto timeline = CS_TRY(r.verifications().steps(tenant, verification.id));
            append(simulation.steps, observed_steps(verification, timeline));
        } else if (simulation.verification && !simulation.user_until) {
            simulation.verification.reset();  // deleted together with the test user
        }
        if (simulation.status == SimulationStatus::running && now >= simulation.expires_at) {
            simulation.status = SimulationStatus::failed;
            const auto next = simulation.verification ? Name::returned : Name::start_token_accepted;
            simulation.steps.push_back(step(next, false, simulation.expires_at,
                                            "It was not finished within 15 minutes. Start it again."));
        }
        complete(simulation.steps);
        return simulation;
    });
}

/// The running simulation that waits for this state, with all that judging its result needs.
Result<SimulationService::Pending> SimulationService::take(std::string_view state) {
    const auto now = clock_.now();
    return in_transaction(work_, Access::read, [&](Repositories& r) -> Result<Pending> {
        Pending pending;
        pending.simulation = CS_TRY(r.simulations().find_by_state(hash_of(state)));
        auto& simulation = pending.simulation;
        if (!simulation.live(now) || !simulation.verification)
            return fail(ErrorCode::not_found, "no running simulation waits for this");
        pending.verification = CS_TRY(r.verifications().find(simulation.tenant, *simulation.verification));
        const auto integration = CS_TRY(r.integrations().find(simulation.tenant, simulation.integration));
        pending.secrets = CS_TRY(valid_secrets(r, keys_, integration, now));
        const auto timeline = CS_TRY(r.verifications().steps(simulation.tenant, *simulation.verification));
        append(simulation.steps, observed_steps(pending.verification, timeline));
        return pending;
    });
}

Result<std::string> SimulationService::confirm_token(const Pending& pending) {
    const auto now = clock_.now();
    if (pending.secrets.empty()) return fail(ErrorCode::unavailable, "the integration has no valid secret");
    const json::object claims{{"iss", pending.simulation.return_domain},
                              {"sub", pending.simulation.external_id},
                              {"iat", to_unix_seconds(now)},
                              {"exp", to_unix_seconds(now + kConfirmLifetime)},
                              {"purpose", "countersign-confirm"},
                              {"integration_id", pending.simulation.integration.text()},
                              {"verification_id", pending.verification.id.text()},
                              {"nonce", pending.simulation.nonce}};
    return jose::sign_hs256(claims, pending.secrets.front().key.view());
}

void SimulationService::confirm_twice(const Pending& pending, std::vector<SimulationStep>& steps) {
    const auto now = clock_.now();
    const auto token = confirm_token(pending);
    const bool confirmed = token && confirm_.confirm(*token).has_value();
    steps.push_back(step(Name::confirmed, confirmed, now,
                         "The server did not confirm its own result. See the log for the reason."));
    if (!confirmed) return;
    const auto again = confirm_.confirm(*token);
    const bool refused = !again && again.error().code == ErrorCode::conflict;
    steps.push_back(step(Name::replay_refused, refused, now, "A result was confirmed twice."));
}

Result<Simulation> SimulationService::finish(std::string_view state, std::string_view session_token) {
    auto pending = CS_TRY(take(state));
    auto& simulation = pending.simulation;
    const auto claims = read_result_token(session_token, pending.secrets, simulation.integration, clock_);
    const auto fault = result_fault(claims, simulation, state);
    simulation.steps.push_back(step(Name::result_verified, fault.empty(), clock_.now(), fault));
    if (fault.empty() && claims->passed) confirm_twice(pending, simulation.steps);
    simulation.status = all_held(simulation.steps) ? SimulationStatus::passed : SimulationStatus::failed;
    const bool comes_again = simulation.status == SimulationStatus::passed && !simulation.repeats;
    simulation.user_until = comes_again ? clock_.now() + kTestUserStays : clock_.now();
    CS_TRY(in_transaction(work_, Access::write, [&](Repositories& r) -> Result<void> {
        return r.simulations().update(simulation);
    }));
    CS_TRY(forget_test_users(work_, subjects_, clock_.now()));
    complete(simulation.steps);
    return simulation;
}

}  // namespace countersign::domain
