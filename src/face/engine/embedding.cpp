#include "face/engine/embedding.hpp"

#include <algorithm>

#include "face/engine/imaging.hpp"
#include "face/engine/template_codec.hpp"

namespace countersign::face {
namespace {

/// Left and right swapped, in every plane.
void mirror_rows(Tensor& planes, int width) {
    const auto length = static_cast<std::ptrdiff_t>(width);
    for (auto row = planes.values().begin(); row != planes.values().end(); row += length)
        std::reverse(row, row + length);
}

}  // namespace

Result<std::unique_ptr<EmbeddingNet>> EmbeddingNet::load(const OnnxRuntime& runtime,
                                                         const std::filesystem::path& folder,
                                                         const ModelEntry& model) {
    const auto& [values, cut] = model.embedding;
    const int side = cut == FaceCut::chip_150 ? 150 : 112;
    if (model.kind != "embedding" || model.input.width != side || model.input.height != side ||
        model.input.planes() != 3) {
        return fail(ErrorCode::unavailable, "no embedding net: " + model.name);
    }
    auto session = CS_TRY(Session::load(runtime, folder, model, {{"output", values}}));
    return std::unique_ptr<EmbeddingNet>(new EmbeddingNet(std::move(session), cut));
}

Result<Tensor> EmbeddingNet::run(const Observation& seen, Side side) const {
    const auto& format = session_->input();
    const ByteView pixels = (cut_ == FaceCut::chip_150 ? seen.chip : seen.aligned).view();
    if (pixels.size() != format.size()) return fail(ErrorCode::invalid_argument, "not an aligned face");
    Tensor input = to_tensor(pixels, format);
    if (side == Side::mirrored) mirror_rows(input, format.width);
    auto outputs = CS_TRY(session_->run(input));
    return std::move(outputs[0]);
}

Result<SecretBytes> EmbeddingNet::embed(const Observation& seen) const {
    return encode_template(CS_TRY(run(seen, Side::as_seen)));
}

Result<SecretBytes> EmbeddingNet::embed_mirrored(const Observation& seen) const {
    Tensor sum = CS_TRY(run(seen, Side::as_seen));
    const Tensor other = CS_TRY(run(seen, Side::mirrored));
    for (std::size_t i = 0; i < sum.size(); ++i)
        sum[i] = (sum[i] + other[i]) / 2;
    return encode_template(sum);
}

}  // namespace countersign::face
