#include "face/engine/embedding.hpp"

#include <algorithm>

#include "face/engine/template_codec.hpp"

namespace countersign::face {

Result<std::unique_ptr<EmbeddingNet>> EmbeddingNet::load(const OnnxRuntime& runtime,
                                                         const std::filesystem::path& folder,
                                                         const ModelEntry& model) {
    if (model.kind != "embedding_512" || model.input.width != 112 || model.input.height != 112 ||
        model.input.planes() != 3) {
        return fail(ErrorCode::unavailable, "no embedding net of kind " + model.kind);
    }
    auto session = CS_TRY(Session::load(runtime, folder, model, {{"output", kEmbeddingSize}}));
    return std::unique_ptr<EmbeddingNet>(new EmbeddingNet(std::move(session)));
}

Result<SecretBytes> EmbeddingNet::embed(ByteView aligned) const {
    const auto& format = session_->input();
    if (aligned.size() != format.size()) return fail(ErrorCode::invalid_argument, "not an aligned face");
    Image face(format.width, format.height, 3);
    std::ranges::copy(aligned, face.pixels().begin());
    const auto outputs = CS_TRY(session_->run(to_tensor(face, format)));
    return encode_template(outputs[0]);
}

}  // namespace countersign::face
