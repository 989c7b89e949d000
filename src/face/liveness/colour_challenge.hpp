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
    double doubtful_cosine{0.4};     // from here on, and
    double doubtful_share{0.05};     // among these, an answer that does not pass was not clearly wrong either
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
/// Doubtful: changes too faint to tell (strong light in the room), or a rank and a cosine not far from those
/// that pass. Doubt grants nothing; it asks for another challenge.
///
/// Not live: a step without a frame, a frame of an unknown step, a sequence that could not have been shown,
/// an answer that followed something else. Threads: pure. Source:  capture protocol, docs/engine.md; threats
/// T14, T16.
ChallengeAnswer judge_colour_sequence(std::span<const ColourStep> steps,
                                      std::span<const ColourResponse> responses,
                                      const ColourLimits& limits = {});

}  // namespace countersign::face
