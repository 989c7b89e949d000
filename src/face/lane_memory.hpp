#pragma once

#include <vector>

#include "base/bytes.hpp"
#include "base/json.hpp"

namespace countersign::face {

class OnnxFaceEngine;

/// Resident memory of this process, MB (10⁶ bytes), after one thread has worked, and after several have
/// worked at the same time with the same engine. What a lane adds is its own scratch memory: the weights are
/// there once.
struct LaneMemory {
    double one_lane_mb{0};
    double all_lanes_mb{0};
    int lanes{0};
    double each_further_mb() const { return lanes > 1 ? (all_lanes_mb - one_lane_mb) / (lanes - 1) : 0; }
};

json::value to_json(const LaneMemory& memory);

/// Lets four threads look at the pictures and compute templates at the same time. The engine must have worked
/// before. Errors: those of the engine.
Result<LaneMemory> measure_memory(OnnxFaceEngine& engine, const std::vector<Bytes>& pictures);

}  // namespace countersign::face
