#include "face/liveness/movement_challenge.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "face/liveness/parallax.hpp"

namespace countersign::face {
namespace {

float distance(const Point& a, const Point& b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

float one_eye(const FaceShape& shape, std::size_t first) {
    const float corners = distance(shape[first], shape[first + 3]);
    const float lids =
        distance(shape[first + 1], shape[first + 5]) + distance(shape[first + 2], shape[first + 4]);
    return corners > 0 ? lids / (2 * corners) : 0;
}

/// What the challenge looks at in one frame.
struct Pose {
    float yaw{0};   // nose against the eyes, eye distances, as seen in the image
    float size{0};  // eyes to mouth, pixels: turning shortens the eye distance, not this
    float eyes{0};  // mean eye aspect ratio
};

Pose pose_of(const FaceShape& shape) {
    const FaceShape own = in_own_measure(shape);
    const float eye_distance = distance(shape[36], shape[45]) / std::max(1e-6F, distance(own[36], own[45]));
    return {own[30].x, eye_distance * (own[48].y + own[54].y) / 2,
            (one_eye(shape, 36) + one_eye(shape, 42)) / 2};
}

std::vector<MovementFrame> of_step(std::span<const MovementFrame> frames, std::size_t step) {
    std::vector<MovementFrame> out;
    std::ranges::copy_if(frames, std::back_inserter(out),
                         [&](const MovementFrame& frame) { return std::cmp_equal(frame.step, step); });
    return out;
}

/// The face at rest: the mean of the last frames of a step `look_ahead`.
struct Rest {
    Pose pose;
    FaceShape own{};  // in its own measure
};

std::optional<Rest> rest_of(std::span<const MovementFrame> frames, std::size_t step,
                            const MovementLimits& limits) {
    const auto all = of_step(frames, step);
    if (all.size() < limits.steady_frames) return std::nullopt;
    Rest rest;
    const auto share = 1 / static_cast<float>(limits.steady_frames);
    for (const auto& frame : std::span(all).last(limits.steady_frames)) {
        if (!frame.clear) return std::nullopt;
        const Pose pose = pose_of(frame.shape);
        rest.pose.yaw += share * pose.yaw;
        rest.pose.size += share * pose.size;
        rest.pose.eyes += share * pose.eyes;
        const FaceShape own = in_own_measure(frame.shape);
        for (std::size_t i = 0; i < own.size(); ++i) {
            rest.own[i].x += share * own[i].x;
            rest.own[i].y += share * own[i].y;
        }
    }
    return rest;
}

MovementProgress look_ahead(std::span<const MovementFrame> frames, std::size_t step,
                            const MovementLimits& limits) {
    const auto rest = rest_of(frames, step, limits);
    if (!rest || !(std::abs(rest->pose.yaw) <= limits.ahead_yaw)) return MovementProgress::waiting;
    const auto all = of_step(frames, step);
    for (const auto& frame : std::span(all).last(limits.steady_frames)) {
        if (!(std::abs(pose_of(frame.shape).yaw - rest->pose.yaw) <= limits.steady_yaw))
            return MovementProgress::waiting;
    }
    const auto first = step == 0 ? rest : rest_of(frames, 0, limits);
    const bool same_place =
        first && std::abs(rest->pose.size - first->pose.size) <= limits.same_size * first->pose.size;
    return same_place ? MovementProgress::done : MovementProgress::waiting;
}

bool is_head(const Parallax& parallax, float direction, const MovementLimits& limits) {
    return parallax.nose * direction >=
           std::max(limits.nose_parallax, limits.parallax_per_narrowing * parallax.narrowing);
}

/// Watches one step frame by frame for the first movement.
class FirstMovement {
public:
    FirstMovement(const Rest& rest, const MovementLimits& limits) : rest_(rest), limits_(limits) {}

    /// The movements that this frame completes.
    std::vector<Movement> add(const MovementFrame& frame) {
        const Pose pose = pose_of(frame.shape);
        std::vector<Movement> made;
        const float turned = pose.yaw - rest_.pose.yaw;
        if (turned >= limits_.turn) made.push_back(Movement::turn_left);
        if (turned <= -limits_.turn) made.push_back(Movement::turn_right);
        if (pose.size >= limits_.approach * rest_.pose.size) made.push_back(Movement::approach);
        const bool closed = pose.eyes <= limits_.closed * rest_.pose.eyes;
        if (closed && !were_closed_) closed_since_ = frame.at;
        were_closed_ = closed;
        if (closed && frame.at - closed_since_ >= limits_.closed_for) made.push_back(Movement::close_eyes);
        return made;
    }

    bool counts(Movement wanted, const MovementFrame& frame) const {
        if (wanted != Movement::turn_left && wanted != Movement::turn_right) return true;
        const auto parallax = parallax_between(rest_.own, in_own_measure(frame.shape));
        return is_head(parallax, wanted == Movement::turn_left ? 1.0F : -1.0F, limits_);
    }

private:
    const Rest& rest_;
    const MovementLimits& limits_;
    bool were_closed_{false};
    UnixMicros closed_since_{};
};

}  // namespace

MovementProgress follow_movement(std::span<const Movement> steps, std::span<const MovementFrame> frames,
                                 const MovementLimits& limits) {
    if (steps.empty()) return MovementProgress::waiting;
    const std::size_t step = steps.size() - 1;
    if (steps.back() == Movement::look_ahead) return look_ahead(frames, step, limits);
    if (step == 0 || steps[step - 1] != Movement::look_ahead) return MovementProgress::waiting;
    const auto rest = rest_of(frames, step - 1, limits);
    if (!rest) return MovementProgress::waiting;

    FirstMovement first(*rest, limits);
    for (const auto& frame : of_step(frames, step)) {
        const auto made = first.add(frame);
        if (std::ranges::any_of(made, [&](Movement movement) { return movement != steps.back(); }))
            return MovementProgress::wrong;
        if (!made.empty() && first.counts(steps.back(), frame)) return MovementProgress::done;
    }
    return MovementProgress::waiting;
}

}  // namespace countersign::face
