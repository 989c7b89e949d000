#pragma once

#include <cstddef>
#include <vector>

#include "face/api/types.hpp"

namespace countersign::face {

/// Fuses the live probabilities of the frames of one capture: live when there are at least `least_frames` and
/// their median reaches `threshold`. The median, because single live frames score low in motion and a single
/// lucky frame of an attack must not decide. A value that is not a number counts as 0.
Liveness judge_passive(std::vector<float> live_probabilities, float threshold, std::size_t least_frames);

}  // namespace countersign::face
