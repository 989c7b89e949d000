#pragma once

#include <string>
#include <vector>

#include "domain/challenge/colour_sequence.hpp"
#include "domain/challenge/movement_sequence.hpp"

namespace countersign::domain {

/// All sequences one capture may show, drawn before anything is revealed: the first of each kind and one per
/// restart. `commitment()` binds the server to them: SHA-256(salt ‖ for each colour sequence its indices ‖
/// for each movement sequence per step its code and its hold in milliseconds, 16 bit little endian), hex.
struct ChallengePlan {
    std::vector<ColourSequence> colours;
    std::vector<MovementSequence> movements;
    Bytes salt;

    std::string commitment() const;
};

/// How many sequences of which length to draw; none of a kind that the capture will not show.
struct PlanSize {
    int colour_sequences{0};
    int colour_steps{0};
    int movement_sequences{0};
    int movements{0};
};
ChallengePlan draw_plan(Random& random, const PlanSize& size);

}  // namespace countersign::domain
