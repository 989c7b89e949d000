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

/// All sequences one capture may show (the first and one per restart), drawn before anything is revealed.
/// `commitment()` binds the server to them: SHA-256(salt ‖ indices of every sequence in order), hex.
struct ChallengePlan {
    std::vector<ColourSequence> sequences;
    Bytes salt;

    std::string commitment() const;
};
ChallengePlan draw_plan(Random& random, int steps, int sequences);

/// `#RRGGBB` of a palette index.
std::string colour_code(int palette_index);

std::vector<face::ColourStep> to_steps(const ColourSequence& sequence);

}  // namespace countersign::domain
