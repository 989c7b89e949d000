#include "face/engine/tensor.hpp"

#include "face/engine/loops.hpp"

namespace countersign::face {

Tensor to_tensor(ByteView pixels, const InputFormat& format) {
    CS_CHECK(pixels.size() == format.size());
    Tensor tensor(format.size());
    const auto planes = static_cast<std::size_t>(format.planes());
    const std::size_t area = tensor.size() / planes;
    for (std::size_t plane = 0; plane < planes; ++plane) {
        const std::size_t channel = format.channels == ChannelOrder::bgr ? planes - 1 - plane : plane;
        loops::normalise(pixels.data() + channel, planes, format.mean, 1 / format.divisor,
                         tensor.data() + plane * area, area);
    }
    return tensor;
}

Tensor to_tensor(const Image& picture, const InputFormat& format) {
    CS_CHECK(picture.width() == format.width && picture.height() == format.height);
    CS_CHECK(picture.channels() == format.planes());
    return to_tensor(picture.pixels(), format);
}

}  // namespace countersign::face
