#include "domain/challenge/plan.hpp"

#include "crypto/digest.hpp"

namespace countersign::domain {

namespace {

constexpr std::size_t kSaltBytes = 32;

void append(Bytes& message, const MovementSequence& sequence) {
    for (std::size_t i = 0; i < sequence.steps.size(); ++i) {
        const auto hold = static_cast<std::uint16_t>(sequence.holds[i].value / 1000);
        message.push_back(static_cast<std::uint8_t>(sequence.steps[i]));
        message.push_back(static_cast<std::uint8_t>(hold & 0xFFU));
        message.push_back(static_cast<std::uint8_t>(hold >> 8U));
    }
}

}  // namespace

std::string ChallengePlan::commitment() const {
    Bytes message = salt;
    for (const auto& sequence : colours)
        message.insert(message.end(), sequence.indices.begin(), sequence.indices.end());
    for (const auto& sequence : movements)
        append(message, sequence);
    return to_hex(crypto::sha256(message));
}

ChallengePlan draw_plan(Random& random, const PlanSize& size) {
    ChallengePlan plan;
    for (int i = 0; i < size.colour_sequences; ++i)
        plan.colours.push_back(draw_sequence(random, size.colour_steps));
    for (int i = 0; i < size.movement_sequences; ++i)
        plan.movements.push_back(draw_movements(random, size.movements));
    plan.salt = random.bytes(kSaltBytes);
    return plan;
}

}  // namespace countersign::domain
