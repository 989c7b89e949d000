#include "face/engine/comparison.hpp"
#include "face/engine/quality_components.hpp"
#include "face/onnx_face_engine.hpp"

namespace countersign::face {

Result<Template> OnnxFaceEngine::extract_best_effort(const Observation& seen) {
    if (seen.faces == 0) return fail(ErrorCode::invalid_argument, "a picture without a face");
    auto data = CS_TRY(parts_.embedding->embed_mirrored(seen));
    return Template{parts_.embedding_model, std::move(data)};
}

Result<double> OnnxFaceEngine::similarity(const Template& a, const Template& b) const {
    return static_cast<double>(CS_TRY(score(a, b, parts_.limits.clearness)));
}

Result<double> OnnxFaceEngine::live_probability(const Observation& seen) {
    if (seen.faces == 0) return fail(ErrorCode::invalid_argument, "a picture without a face");
    return static_cast<double>(CS_TRY(parts_.attacks->live_probability(seen.context.view())));
}

std::vector<QualityComponent> OnnxFaceEngine::quality(const Observation& seen) const {
    return quality_components(seen);
}

QualityComponent OnnxFaceEngine::unified_quality(const Template& made) const {
    return face::unified_quality(made, parts_.limits.clearness);
}

LivenessPoint OnnxFaceEngine::liveness_point() const {
    return {parts_.limits.pad_live, parts_.limits.pad_frames};
}

}  // namespace countersign::face
