#pragma once

#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/random.hpp"
#include "face/api/types.hpp"

namespace countersign::domain {

/// The colours of one challenge, as indices into face::palette(). No two neighbours are equal.
struct ColourSequence {
    std::vector<std::uint8_t> indices;

    bool operator==(const ColourSequence&) const = default;
};

/// First step uniform over the palette, each later one uniform over the other four colours: every sequence
/// has the same probability, which the rank test relies on.
ColourSequence draw_sequence(Random& random, int steps);

/// `#RRGGBB` of a palette index.
std::string colour_code(int palette_index);

std::vector<face::ColourStep> to_steps(const ColourSequence& sequence);

}  // namespace countersign::domain
