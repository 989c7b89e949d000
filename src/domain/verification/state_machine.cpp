#include "domain/verification/state_machine.hpp"

namespace countersign::domain {
namespace {

using S = VerificationState;
using E = VerificationEvent;

std::optional<S> step_opened(E event) {
    switch (event) {
        case E::consent_given:
            return S::consented;
        case E::consent_declined:
            return S::cancelled;
        default:
            return std::nullopt;
    }
}

std::optional<S> step_consented(E event) {
    return event == E::attempt_charged ? std::optional(S::capturing) : std::nullopt;
}

std::optional<S> step_capturing(E event) {
    switch (event) {
        case E::attempt_charged:
            return S::capturing;
        case E::attempt_lost:
            return S::consented;
        case E::attempts_spent:
            return S::failed;
        case E::attempt_passed:
            return S::passed;
        default:
            return std::nullopt;
    }
}

}  // namespace

std::optional<VerificationState> step(VerificationState state, VerificationEvent event) {
    if (is_final(state)) return std::nullopt;
    if (event == E::cancelled) return S::cancelled;
    if (event == E::time_over) return S::expired;
    if (state == S::opened) return step_opened(event);
    return state == S::consented ? step_consented(event) : step_capturing(event);
}

}  // namespace countersign::domain
