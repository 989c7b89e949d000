#include "domain/challenge/colour_sequence.hpp"

#include <cmath>

#include "face/api/engine.hpp"

namespace countersign::domain {

ColourSequence draw_sequence(Random& random, int steps) {
    const auto colours = static_cast<std::uint32_t>(face::palette().size());
    ColourSequence sequence;
    for (int step = 0; step < steps; ++step) {
        if (sequence.indices.empty()) {
            sequence.indices.push_back(static_cast<std::uint8_t>(random.below(colours)));
            continue;
        }
        // One to four places further round the palette: never the same colour, each other one equally likely.
        const std::uint32_t turn = 1 + random.below(colours - 1);
        sequence.indices.push_back(static_cast<std::uint8_t>((sequence.indices.back() + turn) % colours));
    }
    return sequence;
}

std::string colour_code(int palette_index) {
    const auto palette = face::palette();
    CS_CHECK(palette_index >= 0 && static_cast<std::size_t>(palette_index) < palette.size());
    const auto colour = palette[static_cast<std::size_t>(palette_index)];
    const auto channel = [](float value) { return std::lround(value); };
    return fmt::format("#{:02X}{:02X}{:02X}", channel(colour.r), channel(colour.g), channel(colour.b));
}

std::vector<face::ColourStep> to_steps(const ColourSequence& sequence) {
    std::vector<face::ColourStep> steps;
    for (const auto index : sequence.indices)
        steps.push_back(face::ColourStep{.palette_index = index});
    return steps;
}

}  // namespace countersign::domain
