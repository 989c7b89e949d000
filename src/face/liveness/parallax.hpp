#pragma once

#include "face/api/types.hpp"

namespace countersign::face {

/// A face in its own measure: origin between the eyes, eye line level, eye distance 1. Removes place, size
/// and tilt, so that what is left of a difference between two frames is turning and expression.
FaceShape in_own_measure(const FaceShape& shape);

/// How a face moved against another frame of the same capture. Both shapes in their own measure.
struct Parallax {
    /// How far the nose went beyond what a plane through eyes and mouth corners explains, in eye distances;
    /// positive towards the right of the image. A head turned by 20° shows about 0.13, a flat picture turned
    /// by 45° at most 0.09.
    float nose{0};
    /// How much narrower the face became (eye distance ÷ eye-to-mouth distance), 0 … 1. A flat picture must
    /// be turned far, and so becomes narrow, before its nose seems to move.
    float narrowing{0};
};

/// Fits the affine map of a plane (a full homography was measured to tell no better at a face's distance)
/// from `ahead` to `turned` over the eyes and the mouth corners. Threads: pure. Source: docs/liveness.md.
Parallax parallax_between(const FaceShape& ahead, const FaceShape& turned);

}  // namespace countersign::face
