#pragma once

#include "face/api/types.hpp"

namespace countersign::face {

/// The part of an imprint that is not the template: 16×16 fine luma of the aligned face and the places of
/// brows, nose, eyes and mouth in eye distances. 460 bytes. `aligned` as in Observation.
SecretBytes look_of_picture(ByteView aligned, const FaceShape& shape);

/// Whether two looks are of one picture, re-encoded, resized, cropped or lit otherwise. Two moments of one
/// still person can be as alike: together with nearly equal templates the pair decides. False for anything
/// that is not a look.
///
/// Limits tuned on talking-face clips, docs/liveness.md. Mirrored and stretched pictures are not recognised.
bool looks_like_one_picture(ByteView a, ByteView b);

}  // namespace countersign::face
