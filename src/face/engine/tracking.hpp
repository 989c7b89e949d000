#pragma once

#include <span>

#include "face/api/types.hpp"
#include "face/codec/image.hpp"

namespace countersign::face {

// Following a face from frame to frame: the landmark net draws a face on whatever it is shown, so what it
// says of the next frame counts only when the face lies where it can lie and looks as it looked.

/// How a face looks, coarsely: 14×14 luma of the aligned 112×112 picture. Aligned, so it stays the same when
/// the face moves; luma means, so it stays nearly the same when the light changes its colour.
SecretBytes look_of(const Image& aligned);

/// Correlation of two looks without their mean and contrast, −1…1; −1 when one is missing.
float look_similarity(ByteView a, ByteView b);

/// The box that has the place and size relative to `to` that `box` has to `from`. Boxes stay upright.
Box move_box(const Box& box, std::span<const Point, 5> from, std::span<const Point, 5> to);

/// Whether a face can get from `from` to `to` between two frames: its centre by at most half the eye
/// distance, its size by at most a fifth, with eyes, nose and mouth in the order of a face.
bool plausible_move(std::span<const Point, 5> from, std::span<const Point, 5> to);

}  // namespace countersign::face
