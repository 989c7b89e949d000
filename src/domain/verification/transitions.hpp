#pragma once

#include <map>

#include "domain/unit_of_work.hpp"
#include "domain/verification/state_machine.hpp"

namespace countersign::domain {

/// What goes with an edge of the state machine.
struct Edge {
    VerificationEvent event{};
    std::optional<OutcomeCode> code{};  // for edges that end in a final state
    std::optional<ConsentId> consent{};
    std::optional<CredentialId> credential{};
    std::optional<std::string> cause{};            // of an attempt that did not pass
    std::optional<std::string> obstacle{};         // why it ends before an attempt is made
    std::optional<Micros> duration{};              // of the capture that brought the verdict
    std::map<std::string, std::string> details{};  // for the audit
};

/// Takes an edge: compare-and-set on the row and one audit event, in the caller's transaction. Returns the
/// row as it is now. Errors: conflict (the machine does not allow it, or the row moved on), unavailable.
Result<Verification> take_edge(Repositories& repositories, const Verification& verification, const Edge& edge,
                               UnixMicros now, Random& random);

/// Ends an open verification whose time is over; otherwise returns it unchanged.
Result<Verification> expire_if_due(Repositories& repositories, const Verification& verification,
                                   UnixMicros now, Random& random);

/// What the tenant allows before it delays and locks.
Result<LockoutPolicy> lockout_of(Repositories& repositories, const TenantId& tenant);

/// The counters reached their limit: no verification until an administrator unlocks. Requirement S4.
Result<void> lock_subject(Repositories& repositories, const Subject& subject, UnixMicros now, Random& random);

/// Why a verification in a final state does not go on, as an error for the browser.
Error over(const Verification& verification);

}  // namespace countersign::domain
