#pragma once

#include <cstddef>
#include <span>

#include "face/api/types.hpp"

namespace countersign::face {

/// Limits of the colour rank test.
struct ColourLimits {
    double false_acceptance{0.005};  // α: share of all sequences among which the true one must rank
    double least_cosine{0.7};        // between observed and expected changes
    double least_amplitude{0.6};     // root mean square of the observed changes, grey levels
    std::size_t most_steps{9};       // bounds the work: 5·4⁸ = 327 680 sequences
};

/// Whether the skin followed the colours that the screen showed.
///
/// Per step the colour of skin minus background is averaged (the first frame is dropped when there are more:
/// it may still show the colour before). The changes from step to step of (R−G), (B−G) and half the luma are
/// compared, by cosine, with those that skin of this person's own colour would show under every sequence that
/// could have been shown (screen light times mean skin colour, per channel). The true sequence must be among
/// the best α·5·4^(n−1); equal scores count against the subject. A picture made without knowing the sequence
/// is independent of it, so the rank is uniform and at most the share α passes, whatever the picture shows.
///
/// Not live, too: a step without a frame, a frame of an unknown step, a sequence that could not have been
/// shown. Threads: pure. Source:  capture protocol, docs/engine.md; threats T14, T16.
Liveness judge_colour_sequence(std::span<const ColourStep> steps, std::span<const ColourResponse> responses,
                               const ColourLimits& limits = {});

}  // namespace countersign::face
