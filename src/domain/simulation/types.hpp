#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/id.hpp"

namespace countersign::domain {

inline constexpr Micros kSimulationLifetime = minutes(15);
inline constexpr Micros kTestUserStays = minutes(15);  // after a first login, for the next one
inline constexpr std::string_view kSimulatedUser = "simulation|";

enum class SimulationStatus { running, passed, failed };
std::string_view to_string(SimulationStatus status);
Result<SimulationStatus> parse_simulation_status(std::string_view text);

/// The steps of a login, in order. docs/integration/auth0-tokens.md.
enum class SimulationStepName {
    integration_ready,
    start_token_accepted,
    page_opened,
    consent_given,
    camera_streaming,
    face_measured,
    challenge_done,
    verdict,
    returned,
    result_verified,
    confirmed,
    replay_refused,
};
std::string_view to_string(SimulationStepName name);
Result<SimulationStepName> parse_simulation_step_name(std::string_view text);

struct SimulationStep {
    SimulationStepName name{};
    bool held{false};
    std::optional<UnixMicros> at{};
    std::string cause{};  // of one that did not hold: what failed, and what to change
};

/// A login of a test user through one integration, with the portal in the place of the identity provider.
struct Simulation {
    SimulationId id;
    TenantId tenant;
    IntegrationId integration;
    std::string external_id;    // kSimulatedUser and an identifier of its own: nobody's account
    std::string return_domain;  // the portal's host and port
    std::string nonce;
    std::string state_hash;  // hex SHA-256 of the `state` that comes back with the result
    std::optional<VerificationId> verification;
    std::optional<SimulationId> repeats;   // the first login of this test user; nullopt: this is the first
    std::optional<UnixMicros> user_until;  // then the test user is deleted; nullopt: nothing is left of it
    SimulationStatus status{SimulationStatus::running};
    std::vector<SimulationStep> steps;  // known so far; the others are waiting
    std::string created_by;
    UnixMicros created_at;
    UnixMicros expires_at;

    /// Whether the test user can log in once more.
    bool user_stays(UnixMicros now) const {
        return status == SimulationStatus::passed && user_until && now < *user_until;
    }
    bool live(UnixMicros now) const { return status == SimulationStatus::running && now < expires_at; }
};

}  // namespace countersign::domain
