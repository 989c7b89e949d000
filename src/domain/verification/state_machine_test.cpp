#include "domain/verification/state_machine.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace countersign::domain {
namespace {

using S = VerificationState;
using E = VerificationEvent;

constexpr S kStates[] = {S::opened, S::consented, S::capturing, S::passed,
                         S::failed, S::cancelled, S::expired,   S::refused};
constexpr E kEvents[] = {E::consent_given,  E::consent_declined, E::attempt_charged, E::attempt_lost,
                         E::attempts_spent, E::attempt_passed,   E::cancelled,       E::time_over};

struct Edge {
    S from;
    E event;
    S to;
};
constexpr Edge kEdges[] = {
    {S::opened, E::consent_given, S::consented},      {S::opened, E::consent_declined, S::cancelled},
    {S::opened, E::cancelled, S::cancelled},          {S::opened, E::time_over, S::expired},
    {S::consented, E::attempt_charged, S::capturing}, {S::consented, E::cancelled, S::cancelled},
    {S::consented, E::time_over, S::expired},         {S::capturing, E::attempt_charged, S::capturing},
    {S::capturing, E::attempt_lost, S::consented},    {S::capturing, E::attempts_spent, S::failed},
    {S::capturing, E::attempt_passed, S::passed},     {S::capturing, E::cancelled, S::cancelled},
    {S::capturing, E::time_over, S::expired},
};

std::optional<S> expected(S state, E event) {
    for (const auto& edge : kEdges) {
        if (edge.from == state && edge.event == event) return edge.to;
    }
    return std::nullopt;
}

TEST(VerificationStateMachine, HasTheseEdgesAndNoOther) {
    for (const auto state : kStates) {
        for (const auto event : kEvents) {
            EXPECT_EQ(step(state, event), expected(state, event))
                << to_string(state) << " with event " << static_cast<int>(event);
        }
    }
}

TEST(VerificationStateMachine, PassesOnlyAfterConsentAndACharge) {
    EXPECT_TRUE(rc::check("a pass has a history", [] {
        const auto choices = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 8));
        auto state = S::opened;
        bool consented = false;
        bool charged = false;
        for (const int choice : choices) {
            const auto event = kEvents[choice];
            const auto next = step(state, event);
            if (!next) continue;
            consented = consented || event == E::consent_given;
            charged = charged || event == E::attempt_charged;
            state = *next;
            RC_ASSERT(state != S::passed || (consented && charged));
        }
    }));
}

TEST(VerificationStateMachine, NeverLeavesAFinalState) {
    for (const auto state : kStates) {
        if (!is_final(state)) continue;
        for (const auto event : kEvents)
            EXPECT_EQ(step(state, event), std::nullopt);
    }
}

}  // namespace
}  // namespace countersign::domain
