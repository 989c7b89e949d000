#pragma once

#include <cstdint>

#include "domain/unit_of_work.hpp"

namespace countersign::domain {

/// Appends a link to the tenant's hash chain, in the transaction of the act itself.
/// Errors: conflict (lost a race: the transaction is repeated), unavailable.
Result<void> append_audit(Repositories& repositories, const AuditEntry& entry, UnixMicros now,
                          Random& random);

/// The same, and tells which link it became.
Result<AuditEvent> append_audit_event(Repositories& repositories, const AuditEntry& entry, UnixMicros now,
                                      Random& random);

/// Hex SHA-256 over every field but `hash`, each with its length in front.
std::string audit_hash(const AuditEvent& event);

struct ChainCheck {
    bool intact{true};
    std::int64_t events{0};
    std::int64_t first_broken{0};  // sequence of the first link that does not hold; 0 when intact
};

/// Recomputes the chain of a tenant. Cutting off the tail together with the head is only found by comparing
/// with a hash kept elsewhere. Requirement S19, threat T19.
Result<ChainCheck> check_audit_chain(UnitOfWork& work, const TenantId& tenant);

}  // namespace countersign::domain
