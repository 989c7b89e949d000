#pragma once

#include <optional>

#include "domain/verification/types.hpp"

namespace countersign::domain {

enum class VerificationEvent {
    consent_given,
    consent_declined,
    attempt_charged,  // a capture begins; also while another one runs, which is thereby over
    attempt_lost,     // not passed, attempts are left
    attempts_spent,   // not passed, none is left
    attempt_passed,
    cancelled,
    time_over,
};

/// The state after `event`, or nullopt when the event is not allowed in `state`. A final state allows none.
///
/// ```
/// opened ──consent_given──► consented ──attempt_charged──► capturing ──attempt_passed──► passed
///   │                          ▲                             │  └────attempts_spent────► failed
///   │                          └────────attempt_lost─────────┘
///   └─consent_declined, cancelled──► cancelled      any open state ──time_over──► expired
/// ```
/// Pure. Requirement S3, threat T7.
std::optional<VerificationState> step(VerificationState state, VerificationEvent event);

}  // namespace countersign::domain
