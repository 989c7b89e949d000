#include "domain/capture/best_frames.hpp"

#include <algorithm>
#include <cmath>

namespace countersign::domain {

double frame_rank(const face::Quality& quality) {
    const double sharp = std::log1p(std::max(0.0F, quality.sharpness));  // each doubling helps the same
    const double large = std::min(1.5F, quality.inter_eye_px / 60.0F);   // 90 px are plenty for a 112 px crop
    const double turned = 4.0F * std::abs(quality.yaw_ratio) + 2.0F * std::abs(quality.pitch_ratio - 0.5F) +
                          std::abs(quality.roll_degrees) / 30.0F;
    return sharp + large - turned;
}

void BestFrames::add(face::Observation frame) {
    const double rank = frame_rank(frame.quality);
    const auto place = std::ranges::find_if(
        frames_, [&](const face::Observation& kept) { return frame_rank(kept.quality) < rank; });
    frames_.insert(place, std::move(frame));
    if (frames_.size() > capacity_) frames_.pop_back();
}

std::vector<const face::Observation*> BestFrames::view() const {
    std::vector<const face::Observation*> out;
    for (const auto& frame : frames_)
        out.push_back(&frame);
    return out;
}

}  // namespace countersign::domain
