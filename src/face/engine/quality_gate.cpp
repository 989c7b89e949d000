#include "face/engine/quality_gate.hpp"

#include <cmath>

namespace countersign::face {
namespace {

Hint judge_place(const Observation& seen, const QualityLimits& limits) {
    const float x = (seen.box.x + seen.box.width / 2) / static_cast<float>(seen.width) - limits.centre_x;
    const float y = (seen.box.y + seen.box.height / 2) / static_cast<float>(seen.height) - limits.centre_y;
    if (x < -limits.off_centre_x) return Hint::move_left;
    if (x > limits.off_centre_x) return Hint::move_right;
    if (y > limits.off_centre_y) return Hint::move_up;
    if (y < -limits.off_centre_y) return Hint::move_down;
    return Hint::none;
}

bool frontal(const Quality& quality, const QualityLimits& limits) {
    return std::abs(quality.yaw_ratio) <= limits.yaw_ratio &&
           std::abs(quality.roll_degrees) <= limits.roll_degrees &&
           quality.pitch_ratio >= limits.least_pitch_ratio && quality.pitch_ratio <= limits.most_pitch_ratio;
}

}  // namespace

Hint judge_quality(const Observation& seen, const QualityLimits& limits) {
    const Quality& quality = seen.quality;
    if (seen.faces == 0) return Hint::no_face;
    if (seen.faces > 1) return Hint::multiple_faces;
    if (quality.luma < limits.dark_luma) return Hint::too_dark;
    if (quality.luma > limits.bright_luma) return Hint::too_bright;
    if (quality.face_fraction < limits.least_face_fraction) return Hint::too_far;
    if (quality.face_fraction > limits.most_face_fraction) return Hint::too_close;
    if (quality.inter_eye_px < limits.least_inter_eye_px) return Hint::too_far;
    if (const Hint place = judge_place(seen, limits); place != Hint::none) return place;
    if (!frontal(quality, limits)) return Hint::look_straight;
    if (quality.sharpness < limits.least_sharpness) return Hint::blurry;
    if (quality.eye_openness < limits.least_eye_openness) return Hint::eyes_closed;
    return Hint::none;
}

Hint judge_without_face(float picture_luma, const QualityLimits& limits) {
    if (picture_luma < limits.dark_luma) return Hint::too_dark;
    if (picture_luma > limits.bright_luma) return Hint::too_bright;
    return Hint::no_face;
}

}  // namespace countersign::face
