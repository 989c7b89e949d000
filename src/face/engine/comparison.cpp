#include "face/engine/comparison.hpp"

#include <algorithm>

#include "face/engine/template_codec.hpp"

namespace countersign::face {
namespace {

/// No face gives so short an embedding: a template from before lengths were kept.
constexpr float kNoLength = 1.5F;

Result<Alignment> compare(const Template& a, const Template& b) {
    if (a.model != b.model) return fail(ErrorCode::invalid_argument, "templates of different models");
    return align(a.data, b.data);
}

Result<float> best_score(const Template& probe, std::span<const Template> references,
                         const ClearnessWeight& clearness) {
    float best = -1;
    for (const auto& reference : references)
        best = std::max(best, CS_TRY(score(probe, reference, clearness)));
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

Result<float> stricter_threshold_for(std::span<const CalibrationPoint> calibration, double target_fmr) {
    constexpr double kStricter = 10;
    const float least = CS_TRY(threshold_for(calibration, target_fmr));
    const auto stricter =
        threshold_for(calibration, target_fmr / kStricter * 1.001);  // 1e-4 / 10 is not 1e-5
    return std::max(least, stricter ? *stricter : calibration.back().threshold);
}

Result<float> score(const Template& a, const Template& b, const ClearnessWeight& clearness) {
    const Alignment aligned = CS_TRY(compare(a, b));
    if (aligned.shorter < kNoLength) return aligned.cosine;
    const float spreads =
        std::clamp((aligned.shorter - clearness.usual) / clearness.spread, -kMostSpreads, kMostSpreads);
    return std::clamp(aligned.cosine - clearness.weight * spreads, -1.0F, 1.0F);
}

Result<float> fused_score(std::span<const Template> probes, std::span<const Template> references,
                          const ClearnessWeight& clearness) {
    if (probes.empty() || references.empty()) return fail(ErrorCode::invalid_argument, "nothing to compare");
    double sum = 0;
    for (const auto& probe : probes)
        sum += CS_TRY(best_score(probe, references, clearness));
    return static_cast<float>(sum / static_cast<double>(probes.size()));
}

Result<float> weakest_probe(std::span<const Template> probes, std::span<const Template> references,
                            const ClearnessWeight& clearness) {
    if (probes.empty() || references.empty()) return fail(ErrorCode::invalid_argument, "nothing to compare");
    float weakest = 1;
    for (const auto& probe : probes)
        weakest = std::min(weakest, CS_TRY(best_score(probe, references, clearness)));
    return weakest;
}

Result<float> weakest_pair(std::span<const Template> templates) {
    if (templates.empty()) return fail(ErrorCode::invalid_argument, "nothing to compare");
    float weakest = 1;
    for (std::size_t i = 0; i < templates.size(); ++i) {
        for (std::size_t j = i + 1; j < templates.size(); ++j) {
            const Alignment pair = CS_TRY(compare(templates[i], templates[j]));
            weakest = std::min(weakest, pair.cosine);
        }
    }
    return weakest;
}

}  // namespace countersign::face
