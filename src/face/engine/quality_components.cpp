#include "face/engine/quality_components.hpp"

#include <algorithm>
#include <cmath>

#include "face/engine/comparison.hpp"
#include "face/engine/quality_gate.hpp"
#include "face/engine/template_codec.hpp"

namespace countersign::face {
namespace {

constexpr int kAligned = 112;
/// Where the two components without a gate are half bad: one half of the face twice as bright as the other; a
/// mouth open by a third of the eye distance.
constexpr double kUneven = 1.0 / 3;
constexpr double kOpenMouth = 1.0 / 3;

/// 50 at the limit, towards 100 far above it.
double more_is_better(double value, double limit) {
    return value <= 0 ? 0 : 100 * value / (value + limit);
}

/// 100 at zero, 50 at the limit.
double less_is_better(double value, double limit) {
    const double part = value / limit;
    return 100 / (1 + part * part);
}

/// Difference of the mean luma of both halves of the face, by their sum: 0 for even light.
double unevenness(ByteView aligned) {
    if (aligned.size() != std::size_t{kAligned} * kAligned * 3) return 1;
    double left = 0;
    double right = 0;
    for (std::size_t i = 0; i < aligned.size(); i += 3) {
        const double luma = 0.299 * aligned[i] + 0.587 * aligned[i + 1] + 0.114 * aligned[i + 2];
        (i / 3 % kAligned < kAligned / 2 ? left : right) += luma;
    }
    return left + right > 0 ? std::abs(left - right) / (left + right) : 1;
}

/// Gap between the inner lips in eye distances.
double mouth_gap(const FaceShape& shape, double inter_eye_px) {
    double gap = 0;
    for (std::size_t i = 61; i <= 63; ++i) {
        const Point& below = shape[128 - i];
        gap += std::hypot(below.x - shape[i].x, below.y - shape[i].y) / 3;
    }
    return inter_eye_px > 0 ? gap / inter_eye_px : 1;
}

/// The pitch ratio has its middle between its limits.
double pitch_deviation(double ratio, const QualityLimits& limits) {
    const double middle = (limits.least_pitch_ratio + limits.most_pitch_ratio) / 2;
    return std::abs(ratio - middle) / (limits.most_pitch_ratio - middle);
}

}  // namespace

std::vector<QualityComponent> quality_components(const Observation& seen) {
    if (seen.faces == 0) return {};
    const QualityLimits limits;
    const Quality& q = seen.quality;
    return {
        {"sharpness", more_is_better(q.sharpness, limits.least_sharpness), Hint::blurry},
        {"under_exposure_prevention", more_is_better(q.luma, limits.dark_luma), Hint::too_dark},
        {"over_exposure_prevention", more_is_better(255 - q.luma, 255 - limits.bright_luma),
         Hint::too_bright},
        {"illumination_uniformity", less_is_better(unevenness(seen.aligned.view()), kUneven), Hint::none},
        {"inter_eye_distance", more_is_better(q.inter_eye_px, limits.least_inter_eye_px), Hint::too_far},
        {"head_size", more_is_better(q.face_fraction, limits.least_face_fraction), Hint::too_far},
        {"head_pose_yaw", less_is_better(std::abs(q.yaw_ratio), limits.yaw_ratio), Hint::look_straight},
        {"head_pose_pitch", less_is_better(pitch_deviation(q.pitch_ratio, limits), 1), Hint::look_straight},
        {"head_pose_roll", less_is_better(std::abs(q.roll_degrees), limits.roll_degrees),
         Hint::look_straight},
        {"eyes_open", more_is_better(q.eye_openness, limits.least_eye_openness), Hint::eyes_closed},
        {"mouth_closed", less_is_better(mouth_gap(seen.shape, q.inter_eye_px), kOpenMouth), Hint::none},
        {"single_face_present", seen.faces == 1 ? 100.0 : 0.0, Hint::multiple_faces},
    };
}

QualityComponent unified_quality(const Template& made, const ClearnessWeight& clearness) {
    const auto itself = align(made.data, made.data);
    if (!itself) return {"unified_quality", 0, Hint::none};
    const double spreads = (itself->shorter - clearness.usual) / clearness.spread;
    return {"unified_quality", 100 / (1 + std::exp(-(spreads + kMostSpreads))), Hint::none};
}

}  // namespace countersign::face
