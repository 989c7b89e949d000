#include "face/engine/attack_detector.hpp"

#include <algorithm>
#include <cmath>

#include "face/engine/imaging.hpp"

namespace countersign::face {
namespace {

constexpr float kContextScale = 2.7F;
constexpr std::size_t kClasses = 3;
constexpr std::size_t kLiveClass = 0;

float softmax_of(const Tensor& logits, std::size_t wanted) {
    const float largest = *std::ranges::max_element(logits.values());
    float sum = 0;
    for (const float logit : logits.values())
        sum += std::exp(logit - largest);
    return std::exp(logits[wanted] - largest) / sum;
}

}  // namespace

Box context_region(const Box& face, int picture_width, int picture_height) {
    const auto width = static_cast<float>(picture_width);
    const auto height = static_cast<float>(picture_height);
    const float side = std::min({face.height * kContextScale, width, height});
    const float x = face.x + face.width / 2 - side / 2;
    const float y = face.y + face.height / 2 - side / 2;
    return {std::clamp(x, 0.0F, width - side), std::clamp(y, 0.0F, height - side), side, side};
}

Result<std::unique_ptr<AttackDetector>> AttackDetector::load(const OnnxRuntime& runtime,
                                                             const std::filesystem::path& folder,
                                                             const ModelEntry& model) {
    if (model.kind != "minifasnet_3" || model.input.channels != ChannelOrder::bgr) {
        return fail(ErrorCode::unavailable, "no attack detector of kind " + model.kind);
    }
    auto session = CS_TRY(Session::load(runtime, folder, model, {{"output", kClasses}}));
    return std::unique_ptr<AttackDetector>(new AttackDetector(std::move(session)));
}

SecretBytes AttackDetector::cut_context(const Image& picture, const Box& face) const {
    const auto& format = session_->input();
    const Box region = context_region(face, picture.width(), picture.height());
    Image crop = crop_bilinear(picture, region, format.width, format.height);
    const auto pixels = crop.pixels();
    for (std::size_t i = 0; i + 2 < pixels.size(); i += 3)
        std::swap(pixels[i], pixels[i + 2]);
    return crop.release();
}

Result<float> AttackDetector::live_probability(ByteView context) const {
    // The crop is in the net's channel order already.
    InputFormat format = session_->input();
    if (context.size() != format.size()) return fail(ErrorCode::invalid_argument, "not a context crop");
    format.channels = ChannelOrder::rgb;
    const auto outputs = CS_TRY(session_->run(to_tensor(context, format)));
    return softmax_of(outputs[0], kLiveClass);
}

}  // namespace countersign::face
