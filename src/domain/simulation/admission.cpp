#include "domain/simulation/admission.hpp"

#include "crypto/digest.hpp"

namespace countersign::domain {

Result<std::optional<Simulation>> admitted_simulation(Repositories& repositories,
                                                      const Integration& integration,
                                                      const StartClaims& claims, UnixMicros now) {
    using Found = std::optional<Simulation>;
    if (!claims.subject.starts_with(kSimulatedUser)) return Found();
    const auto stranger = fail(ErrorCode::forbidden, "the name of a test user without its simulation");
    const auto id = SimulationId::parse(claims.transaction_id);
    if (!id) return stranger;
    auto found = repositories.simulations().find(integration.tenant, *id);
    if (!found && found.error().code == ErrorCode::not_found) return stranger;
    auto simulation = CS_TRY(std::move(found));
    const bool its_own = simulation.integration == integration.id &&
                         simulation.external_id == claims.subject &&
                         simulation.return_domain == claims.issuer &&
                         crypto::constant_time_equal(as_bytes(simulation.nonce), as_bytes(claims.nonce));
    if (!its_own) return stranger;
    if (simulation.verification) return fail(ErrorCode::already_used, "the simulation was opened before");
    if (!simulation.live(now)) return fail(ErrorCode::transaction_expired, "the simulation is over");
    return Found(std::move(simulation));
}

Result<bool> simulation_awaits(Repositories& repositories, const Verification& verification, UnixMicros now) {
    auto found = repositories.simulations().find(verification.tenant, *verification.simulation);
    if (!found && found.error().code == ErrorCode::not_found) return false;
    const auto simulation = CS_TRY(std::move(found));
    return simulation.live(now) && simulation.verification == verification.id &&
           simulation.return_domain == verification.origin.return_domain;
}

}  // namespace countersign::domain
