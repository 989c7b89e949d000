#pragma once

#include <span>

#include "face/api/types.hpp"

namespace countersign::face {

/// Where a movement counts. Turns in eye distances, as Quality::yaw_ratio. Measured: docs/liveness.md.
struct MovementLimits {
    std::size_t steady_frames{3};  // ahead: so many in a row
    float ahead_yaw{0.15F};        // ahead: at most so far from straight
    float steady_yaw{0.06F};       // ahead: at most so much change between the frames
    float same_size{0.12F};        // ahead: size against the first step, ±
    float turn{0.18F};             // change of the yaw ratio
    float nose_parallax{0.12F};    // a turn of something that is not flat
    float parallax_per_narrowing{0.47F};
    float approach{1.18F};  // growth of the eye distance
    float closed{0.72F};    // eye aspect ratio against the person's own, open
    Micros closed_for{milliseconds(600)};
};

/// How the last of `steps` stands after `frames` (all steps, in order).
///
/// Each movement is measured against the last frames of the step `look_ahead` before it. The four movements
/// use the same limits whether they are wanted or not, and the first that is made decides: a recording that
/// makes them all, or two at once, answers a step no better than one that makes one of them.
///
/// Waiting, too: a turn without parallax, and a step whose reference is missing. Threads: pure.
MovementProgress follow_movement(std::span<const Movement> steps, std::span<const MovementFrame> frames,
                                 const MovementLimits& limits = {});

}  // namespace countersign::face
