#pragma once

#include <optional>
#include <vector>

#include "evaluation/presentations.hpp"

namespace countersign::evaluation {

/// Both rates of attack detection at one threshold of p(live).
struct PadPoint {
    double threshold{0};
    double apcer{0};  // of the worst species there
    double bpcer{0};
};

/// The two rates at every threshold at which one of them changes, from loose to strict. Empty unless both
/// kinds of presentation got a response.
std::vector<PadPoint> pad_curve(const std::vector<Judged>& judged);

/// The first point whose APCER is at most that; nullopt of an empty curve.
std::optional<PadPoint> at_apcer(const std::vector<PadPoint>& curve, double apcer);

/// Where the two rates are closest; nullopt of an empty curve.
std::optional<PadPoint> equal_point(const std::vector<PadPoint>& curve);

}  // namespace countersign::evaluation
