#include "evaluation/pad_curve.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace countersign::evaluation {
namespace {

/// Share of sorted scores at or above a threshold.
double share_from(const std::vector<double>& sorted, double threshold) {
    const auto first = std::ranges::lower_bound(sorted, threshold);
    return static_cast<double>(sorted.end() - first) / static_cast<double>(sorted.size());
}

}  // namespace

std::vector<PadPoint> pad_curve(const std::vector<Judged>& judged) {
    std::vector<double> live;
    std::map<std::string, std::vector<double>> attacks;
    std::set<double> thresholds{std::numeric_limits<double>::infinity()};
    for (const Judged& each : judged) {
        if (!each.score) continue;
        (each.live ? live : attacks[each.species]).push_back(*each.score);
        thresholds.insert(*each.score);
    }
    if (live.empty() || attacks.empty()) return {};
    std::ranges::sort(live);
    for (auto& [species, scores] : attacks)
        std::ranges::sort(scores);
    std::vector<PadPoint> curve;
    for (const double threshold : thresholds) {
        PadPoint point{threshold, 0, 1 - share_from(live, threshold)};
        for (const auto& [species, scores] : attacks)
            point.apcer = std::max(point.apcer, share_from(scores, threshold));
        curve.push_back(point);
    }
    return curve;
}

std::optional<PadPoint> at_apcer(const std::vector<PadPoint>& curve, double apcer) {
    const auto found =
        std::ranges::find_if(curve, [&](const PadPoint& point) { return point.apcer <= apcer + 1e-12; });
    if (found == curve.end()) return std::nullopt;
    return *found;
}

std::optional<PadPoint> equal_point(const std::vector<PadPoint>& curve) {
    if (curve.empty()) return std::nullopt;
    return *std::ranges::min_element(
        curve, {}, [](const PadPoint& point) { return std::abs(point.apcer - point.bpcer); });
}

}  // namespace countersign::evaluation
