#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "face/engine/tensor.hpp"

namespace countersign::face {

/// Expected values of a net's outputs for the fixed noise picture: evenly spaced over all outputs, joined.
struct KnownAnswer {
    float tolerance{1e-3F};
    std::vector<float> values;
};

/// How a face is cut for an embedding net. Names as in the manifest.
enum class FaceCut {
    template_112,  // Observation::aligned
    chip_150,      // Observation::chip
};

/// What only an embedding has: how many numbers it gives, and of which cut.
struct EmbeddingFormat {
    std::size_t values{0};
    FaceCut cut{FaceCut::template_112};
};

struct ModelEntry {
    std::string name;
    std::string kind;  // which decoder reads the outputs
    std::string version;
    std::string file;    // in the models folder
    std::string sha256;  // lower-case hex
    InputFormat input;
    EmbeddingFormat embedding;  // of kind `embedding`
    KnownAnswer known_answer;
    std::string id() const { return name + "/" + version; }
};

/// One point of the calibration: at this cosine the false match rate was measured to be `fmr`.
struct CalibrationPoint {
    double fmr{0};
    float threshold{1};
};

/// How the clearness of the less clear face, the length of its embedding, moves a score; off by default.
struct ClearnessWeight {
    float usual{1};   // length of a usual face
    float spread{1};  // standard deviation of lengths
    float weight{0};  // of the score, for each standard deviation
};

/// All thresholds that belong to a set of models and mean nothing for another.
struct PackLimits {
    float detector_score{0};                    // least score of a box that counts as a face
    std::vector<CalibrationPoint> calibration;  // loosest first
    ClearnessWeight clearness;
    float same_person{1};    // least cosine between any two frames of one capture
    float imprint_scale{1};  // 1 − cosine × this is as two moments of one face lie apart in the default pack
    float pad_live{1};       // least median of p(live)
    std::size_t pad_frames{3};  // least number of frames
};

struct Pack {
    ModelEntry detector;
    ModelEntry quick_detector;  // looks for further faces while one is followed; `detector` unless named
    ModelEntry landmark;
    ModelEntry embedding;
    ModelEntry pad;
    PackLimits limits;
    std::string runtime_sha256;
};

/// Reads models/manifest.toml and resolves one pack. Errors: unavailable, naming the table and key that is
/// wrong.
Result<Pack> read_pack(const std::filesystem::path& manifest, const std::string& pack);

}  // namespace countersign::face
