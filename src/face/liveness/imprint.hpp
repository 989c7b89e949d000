#pragma once

#include "face/api/types.hpp"

namespace countersign::face {

/// The part of an imprint that is not the template: 16×16 fine luma of the aligned face and the places of
/// brows, nose, eyes and mouth in eye distances. 460 bytes. `aligned` as in Observation.
SecretBytes look_of_picture(ByteView aligned, const FaceShape& shape);

inline constexpr double kNotAlike = -100;

/// How much speaks for two frames being of one picture, re-encoded, resized, cropped, lit otherwise or
/// mirrored, and not two moments of one person: log of odds, from the looks and the cosine of the templates
/// together, less the bound. `kNotAlike` for far less, and for anything that is not a look.
///
/// Weights and bounds tuned on talking-face clips, docs/liveness.md. Stretched pictures are not recognised.
double likeness(ByteView a, ByteView b, double templates);

SamePicture judge_likeness(double likeness);

}  // namespace countersign::face
