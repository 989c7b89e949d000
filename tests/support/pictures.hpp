#pragma once

#include <turbojpeg.h>
#include <webp/encode.h>

#include <cstdint>

#include "base/random.hpp"
#include "face/codec/image.hpp"

namespace countersign::testing {

/// JPEG of an RGB image, for tests that start from pixels.
inline Bytes to_jpeg(const face::Image& image, int quality = 92) {
    const tjhandle handle = tjInitCompress();
    unsigned char* data = nullptr;
    unsigned long size = 0;
    CS_CHECK(tjCompress2(handle, image.pixels().data(), image.width(), 0, image.height(), TJPF_RGB, &data,
                         &size, TJSAMP_420, quality, 0) == 0);
    Bytes bytes(data, data + size);
    tjFree(data);
    tjDestroy(handle);
    return bytes;
}

/// WebP of an RGB image.
inline Bytes to_webp(const face::Image& image, float quality = 92) {
    std::uint8_t* data = nullptr;
    const std::size_t size = WebPEncodeRGB(image.pixels().data(), image.width(), image.height(),
                                           image.width() * 3, quality, &data);
    CS_CHECK(size > 0);
    Bytes bytes(data, data + size);
    WebPFree(data);
    return bytes;
}

/// A picture with a colour ramp in both directions: smooth, so that codecs keep it.
inline face::Image ramp(int width, int height) {
    face::Image image(width, height, 3);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            image.at(x, y)[0] = static_cast<std::uint8_t>(x * 255 / width);
            image.at(x, y)[1] = static_cast<std::uint8_t>(y * 255 / height);
            image.at(x, y)[2] = 128;
        }
    }
    return image;
}

inline face::Image uniform(int width, int height, std::uint8_t value) {
    face::Image image(width, height, 3);
    for (auto& byte : image.pixels())
        byte = value;
    return image;
}

inline face::Image noise(int width, int height, Random& random) {
    face::Image image(width, height, 3);
    random.fill(image.pixels());
    return image;
}

}  // namespace countersign::testing
