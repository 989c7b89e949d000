#pragma once

#include "domain/auth0/tokens.hpp"
#include "domain/unit_of_work.hpp"

namespace countersign::domain {

/// The live simulation that a start token belongs to: of this very integration, for its test user, with its
/// nonce, naming the portal as the issuer, and not started before. nullopt: the token is an ordinary one.
///
/// Such a login returns to the portal and nowhere else (docs/adr/0086). The names of test users are reserved.
/// Errors: forbidden (such a name without its simulation), already_used, transaction_expired, unavailable.
Result<std::optional<Simulation>> admitted_simulation(Repositories& repositories,
                                                      const Integration& integration,
                                                      const StartClaims& claims, UnixMicros now);

/// Whether the simulation that opened this verification still waits for its result.
Result<bool> simulation_awaits(Repositories& repositories, const Verification& verification, UnixMicros now);

}  // namespace countersign::domain
