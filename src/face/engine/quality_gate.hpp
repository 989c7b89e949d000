#pragma once

#include "face/api/types.hpp"

namespace countersign::face {

/// Limits of the quality gate. Starting values tried on talking-face clips; a little wider than what the
/// capture page guides to (docs/protocol/capture.md), so that a person who follows the page passes here.
struct QualityLimits {
    float dark_luma{40};
    float bright_luma{225};
    float least_face_fraction{0.26F};
    float most_face_fraction{0.82F};
    float least_inter_eye_px{36};
    float centre_x{0.50F};  // wanted centre of the face box, fraction of the picture
    float centre_y{0.52F};
    float off_centre_x{0.17F};  // allowed distance from it
    float off_centre_y{0.20F};
    float yaw_ratio{0.30F};
    float least_pitch_ratio{0.20F};
    float most_pitch_ratio{0.82F};
    float roll_degrees{20};
    float least_sharpness{25};
    float least_eye_openness{0.17F};
};

/// The most important thing to change, or none. Directions are the person's own: `move_left` asks to move
/// towards one's left hand, which is the right side of an unmirrored picture.
Hint judge_quality(const Observation& seen, const QualityLimits& limits = {});

/// For a picture without a face: a dark or glaring scene shows none either, and light is what can be changed.
Hint judge_without_face(float picture_luma, const QualityLimits& limits = {});

}  // namespace countersign::face
