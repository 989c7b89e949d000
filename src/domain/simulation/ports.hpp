#pragma once

#include "domain/simulation/types.hpp"

namespace countersign::domain {

/// Rows of `simulation`.
///
/// Errors: not_found, unavailable.
class SimulationRepository {
public:
    virtual ~SimulationRepository() = default;
    virtual Result<void> insert(const Simulation& simulation) = 0;
    virtual Result<Simulation> find(const TenantId& tenant, const SimulationId& id) = 0;
    /// The one look-up that does not know the tenant: the result comes back with the state only.
    virtual Result<Simulation> find_by_state(std::string_view state_hash) = 0;
    /// Stores verification, status, steps and how long the test user stays.
    virtual Result<void> update(const Simulation& simulation) = 0;
    /// Those whose test user is to be deleted by now.
    virtual Result<std::vector<Simulation>> with_overdue_user(UnixMicros now, int limit) = 0;
    /// Removes rows that left no test user behind.
    virtual Result<void> purge(UnixMicros created_before) = 0;
};

}  // namespace countersign::domain
