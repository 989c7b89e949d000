#include "domain/challenge/movement_sequence.hpp"

#include <algorithm>
#include <array>

namespace countersign::domain {

namespace {

using face::Movement;

constexpr std::array kMovements{Movement::turn_left, Movement::turn_right, Movement::approach,
                                Movement::close_eyes};
constexpr std::uint32_t kShortestHoldMs = 500;
constexpr std::uint32_t kLongestHoldMs = 1500;

std::vector<Movement> draw_unequal(Random& random, int count) {
    std::vector<Movement> drawn;
    std::uint32_t last = random.below(kMovements.size());
    for (int i = 0; i < count; ++i) {
        if (i > 0) last = (last + 1 + random.below(kMovements.size() - 1)) % kMovements.size();
        drawn.push_back(kMovements.at(last));
    }
    return drawn;
}

bool has_turn(const std::vector<Movement>& movements) {
    return std::ranges::any_of(
        movements, [](Movement m) { return m == Movement::turn_left || m == Movement::turn_right; });
}

}  // namespace

MovementSequence draw_movements(Random& random, int movements) {
    CS_CHECK(movements > 0);
    auto drawn = draw_unequal(random, movements);
    while (!has_turn(drawn))
        drawn = draw_unequal(random, movements);
    MovementSequence sequence;
    for (const auto movement : drawn) {
        sequence.steps.push_back(Movement::look_ahead);
        sequence.holds.push_back(
            milliseconds(kShortestHoldMs + random.below(kLongestHoldMs - kShortestHoldMs + 1)));
        sequence.steps.push_back(movement);
        sequence.holds.push_back(Micros{});
    }
    return sequence;
}

}  // namespace countersign::domain
