#include "face/engine/tensor.hpp"

namespace countersign::face {

Tensor to_tensor(const Image& picture, const InputFormat& format) {
    CS_CHECK(picture.width() == format.width && picture.height() == format.height);
    CS_CHECK(picture.channels() == format.planes());
    Tensor tensor(format.size());
    const auto planes = static_cast<std::size_t>(format.planes());
    const std::size_t area = tensor.size() / planes;
    const auto pixels = picture.pixels();
    const float scale = 1 / format.divisor;
    for (std::size_t plane = 0; plane < planes; ++plane) {
        const std::size_t channel = format.channels == ChannelOrder::bgr ? planes - 1 - plane : plane;
        const std::uint8_t* from = pixels.data() + channel;
        float* to = tensor.data() + plane * area;
        for (std::size_t i = 0; i < area; ++i)
            to[i] = (static_cast<float>(from[i * planes]) - format.mean) * scale;
    }
    return tensor;
}

}  // namespace countersign::face
