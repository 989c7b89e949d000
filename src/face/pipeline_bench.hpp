#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "face/lane_memory.hpp"
#include "face/make_engine.hpp"

namespace countersign::face {

/// CPU time of one stage, milliseconds of one thread.
struct StageTime {
    std::string stage;
    double p50{0};
    double p95{0};
};

struct PipelineTimes {
    std::vector<StageTime> stages;  // decode, detect, landmarks, measure, embed, pad, match
    double frame_cpu_ms_p50{0};     // one frame from the encoded picture to the decision
    double frame_cpu_ms_p95{0};
    double model_ms{0};  // the four nets alone, one after the other on ready tensors: p50 of each, added
    double verification_cpu_ms_p50{0};  // key frames and challenge frames as the capture page sends them
    double verification_cpu_ms_p95{0};
    double comparison_ns{0};  // of two templates
    LaneMemory memory;
    int pictures{0};
    int rounds{0};

    /// What the pipeline costs beyond the nets, as a share of the nets.
    double overhead_ratio() const { return (frame_cpu_ms_p50 - model_ms) / model_ms; }
};

json::value to_json(const PipelineTimes& times);

/// Measures the pipeline on one thread with the pictures (JPEG or WebP, one face each) of a folder. Decoding
/// runs in this process, so that its CPU time is counted; in the server it runs in the confined worker.
///
/// A verification is what the page sends: 3 key frames, 16 challenge frames (from the folder `challenge` in
/// it, where the page's smaller pictures lie, if there is one), passive detection on 3, one template per
/// deciding frame, a comparison with 3 samples.
///
/// Errors: not_found (no picture in the folder), invalid_argument (no face in one), and those of make_engine.
Result<PipelineTimes> measure_pipeline(const EngineOptions& options, const std::filesystem::path& pictures,
                                       int rounds);

}  // namespace countersign::face
