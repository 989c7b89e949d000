#pragma once

#include <vector>

#include "base/random.hpp"
#include "base/time.hpp"
#include "face/api/types.hpp"

namespace countersign::domain {

/// The steps of one movement challenge: look ahead, a movement, look ahead, another movement, and so on.
struct MovementSequence {
    std::vector<face::Movement> steps;
    std::vector<Micros> holds;  // beside each step: how long `look_ahead` lasts; nothing for a movement

    bool operator==(const MovementSequence&) const = default;
};

/// Each movement uniform over those that differ from the one before, drawn again until a turn is among them:
/// only turns tell a head from a flat picture. Four movements make 106 equally likely sequences. How long
/// each look ahead lasts is drawn, too, from half a second to one and a half.
MovementSequence draw_movements(Random& random, int movements);

}  // namespace countersign::domain
