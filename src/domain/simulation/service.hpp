#pragma once

#include "domain/auth0/confirm_service.hpp"
#include "domain/integration/service.hpp"
#include "domain/subject/service.hpp"

namespace countersign::domain {

/// Where the capture and the portal are reached: `scheme://host[:port]`, without trailing slash.
struct SimulationAddresses {
    std::string capture_url;
    std::string portal_url;
};

struct StartedSimulation {
    Simulation simulation;
    std::optional<std::string> start_url;  // nullopt: the integration is not ready
};

/// Plays a login of a test user through an integration, with the portal in the place of the identity
/// provider.
///
/// The start token is signed with the integration's current secret exactly as the Action does; everything
/// after it is the real thing: capture, verdict, return, confirmation. The result comes to the portal, is
/// checked as the Action checks it, confirmed, and confirmed once more to see that refused.
///
/// The first login of a test user enrols. When it passed, the user stays for a quarter of an hour, so that a
/// second simulation can show a login that compares; in every other case the user is deleted at the end.
///
/// Errors:  not_found (also: a state that belongs to no running simulation), conflict (start: the test user
///          of the login to repeat is gone), unavailable.
/// Threads: safe; blocks on the store.
/// Source:  docs/integration/auth0-tokens.md, docs/adr/0086, docs/adr/0087.
class SimulationService {
public:
    SimulationService(UnitOfWork& work, const Keys& keys, const Clock& clock, Random& random,
                      SimulationAddresses addresses)
        : work_(work),
          keys_(keys),
          clock_(clock),
          random_(random),
          addresses_(std::move(addresses)),
          confirm_(work, keys, clock, random),
          subjects_(work, clock, random) {}

    /// `repeats` names a first login that passed: its test user then logs in again.
    Result<StartedSimulation> start(const TenantId& tenant, const IntegrationId& integration,
                                    const std::optional<SimulationId>& repeats, std::string_view actor);
    /// With every step: those known, then the others as waiting (`at` empty, `cause` empty, not held).
    Result<Simulation> find(const TenantId& tenant, const IntegrationId& integration, const SimulationId& id);
    /// Takes the result that the browser brings. Returns the simulation, ended.
    Result<Simulation> finish(std::string_view state, std::string_view session_token);

private:
    struct Pending {
        Simulation simulation;
        Verification verification;
        std::vector<OpenSecret> secrets;
    };
    Result<Simulation> prepare(Repositories& repositories, const Integration& integration,
                               const std::optional<SimulationId>& repeats, std::string_view state);
    Result<Pending> take(std::string_view state);
    Result<std::string> start_token(const Simulation& simulation, const OpenSecret& secret);
    Result<std::string> confirm_token(const Pending& pending);
    void confirm_twice(const Pending& pending, std::vector<SimulationStep>& steps);

    UnitOfWork& work_;
    const Keys& keys_;
    const Clock& clock_;
    Random& random_;
    SimulationAddresses addresses_;
    ConfirmService confirm_;
    SubjectService subjects_;
};

/// What stands in the way of any login through this integration, with its remedy; empty: nothing.
std::string readiness_fault(const Integration& integration, std::size_t secrets, std::string_view portal_url);

/// The steps so far of a simulation that opened `verification`.
std::vector<SimulationStep> observed_steps(const Verification& verification,
                                           const std::vector<VerificationStep>& timeline);

/// What a cause means for the administrator, and what to change.
std::string remedy_for(std::string_view cause);

}  // namespace countersign::domain
