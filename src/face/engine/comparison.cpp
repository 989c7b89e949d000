#include "face/engine/comparison.hpp"

#include <algorithm>

#include "face/engine/template_codec.hpp"

namespace countersign::face {
namespace {

Result<float> compare(const Template& a, const Template& b) {
    if (a.model != b.model) return fail(ErrorCode::invalid_argument, "templates of different models");
    return cosine(a.data, b.data);
}

Result<float> best_score(const Template& probe, std::span<const Template> references) {
    float best = -1;
    for (const auto& reference : references) {
        const float score = CS_TRY(compare(probe, reference));
        best = std::max(best, score);
    }
    return best;
}

}  // namespace

Result<float> threshold_for(std::span<const CalibrationPoint> calibration, double target_fmr) {
    if (!(target_fmr > 0 && target_fmr < 1))
        return fail(ErrorCode::invalid_argument, "not a false match rate");
    const auto strict_enough = [&](const CalibrationPoint& point) { return point.fmr <= target_fmr; };
    const auto point = std::ranges::find_if(calibration, strict_enough);
    if (point == calibration.end()) {
        return fail(ErrorCode::invalid_argument, "false match rate stricter than the calibration supports");
    }
    return point->threshold;
}

Result<float> fused_score(std::span<const Template> probes, std::span<const Template> references) {
    if (probes.empty() || references.empty()) return fail(ErrorCode::invalid_argument, "nothing to compare");
    double sum = 0;
    for (const auto& probe : probes)
        sum += CS_TRY(best_score(probe, references));
    return static_cast<float>(sum / static_cast<double>(probes.size()));
}

Result<float> weakest_pair(std::span<const Template> templates) {
    if (templates.empty()) return fail(ErrorCode::invalid_argument, "nothing to compare");
    float weakest = 1;
    for (std::size_t i = 0; i < templates.size(); ++i) {
        for (std::size_t j = i + 1; j < templates.size(); ++j) {
            const float score = CS_TRY(compare(templates[i], templates[j]));
            weakest = std::min(weakest, score);
        }
    }
    return weakest;
}

}  // namespace countersign::face
