// How an engine answers for templates of the previous pack.
#include "face/onnx_face_engine.hpp"

namespace countersign::face {

Result<std::vector<Template>> OnnxFaceEngine::extract_previous(std::span<const Observation* const> frames) {
    if (!parts_.previous) return fail(ErrorCode::unavailable, "no previous pack is loaded");
    return templates_of(frames, *parts_.previous->embedding, parts_.previous->id, &EmbeddingNet::embed);
}

/// Thresholds mean something for the model only that they were measured with.
const PackLimits* OnnxFaceEngine::limits_of(const std::string& model) const {
    if (model == parts_.embedding_model) return &parts_.limits;
    if (parts_.previous && model == parts_.previous->id) return &parts_.previous->limits;
    return nullptr;
}

}  // namespace countersign::face
