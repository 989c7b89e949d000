#include "face/engine/embedding.hpp"

#include <algorithm>

#include "face/engine/imaging.hpp"
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

Result<Tensor> EmbeddingNet::run(ByteView aligned, Side side) const {
    const auto& format = session_->input();
    if (aligned.size() != format.size()) return fail(ErrorCode::invalid_argument, "not an aligned face");
    Image face(format.width, format.height, 3);
    std::ranges::copy(aligned, face.pixels().begin());
    const Image picture = side == Side::mirrored ? mirror(face) : std::move(face);
    auto outputs = CS_TRY(session_->run(to_tensor(picture, format)));
    return std::move(outputs[0]);
}

Result<SecretBytes> EmbeddingNet::embed(ByteView aligned) const {
    return encode_template(CS_TRY(run(aligned, Side::as_seen)));
}

Result<SecretBytes> EmbeddingNet::embed_mirrored(ByteView aligned) const {
    Tensor sum = CS_TRY(run(aligned, Side::as_seen));
    const Tensor other = CS_TRY(run(aligned, Side::mirrored));
    for (std::size_t i = 0; i < sum.size(); ++i)
        sum[i] = (sum[i] + other[i]) / 2;
    return encode_template(sum);
}

}  // namespace countersign::face
