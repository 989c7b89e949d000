#include "image.hpp"

#include "scalar.hpp"
#include "simd.hpp"

namespace countersign::facetrack {
namespace {

Float4 pixel_at(const Image& image, int x, int y) {
    const auto& rgba = *reinterpret_cast<const Byte4*>(image.pixels + 4 * (y * image.width + x));
    return __builtin_convertvector(rgba, Float4);
}

/// Bilinear value at a position inside the picture; pixel centres lie at halves.
Float4 bilinear_at(const Image& image, float x, float y) {
    const float right = clamp(x - 0.5F, 0.0F, static_cast<float>(image.width - 1));
    const float down = clamp(y - 0.5F, 0.0F, static_cast<float>(image.height - 1));
    const int x0 = static_cast<int>(right);
    const int y0 = static_cast<int>(down);
    const int x1 = smaller(x0 + 1, image.width - 1);
    const int y1 = smaller(y0 + 1, image.height - 1);
    const Float4 across = splat4(right - static_cast<float>(x0));
    const Float4 along = splat4(down - static_cast<float>(y0));
    const Float4 top = pixel_at(image, x0, y0) + (pixel_at(image, x1, y0) - pixel_at(image, x0, y0)) * across;
    const Float4 bottom =
        pixel_at(image, x0, y1) + (pixel_at(image, x1, y1) - pixel_at(image, x0, y1)) * across;
    return top + (bottom - top) * along;
}

Float4 colour_at(const Image& image, Border border, float x, float y) {
    const bool inside =
        x >= 0.0F && y >= 0.0F && x < static_cast<float>(image.width) && y < static_cast<float>(image.height);
    if (!inside && border == Border::black) return splat4(0.0F);
    return bilinear_at(image, x, y);
}

}  // namespace

void sample_square(const Image& image, const Square& square, const Normalisation& normalisation, int side,
                   float* to) {
    const float step = square.side / static_cast<float>(side);
    const int taps = step > 2.0F ? 2 : 1;
    const int samples = side * taps;
    const float tap = square.side / static_cast<float>(samples);
    const float scale = normalisation.scale / static_cast<float>(taps * taps);
    for (int row = 0; row < side; ++row) {
        for (int column = 0; column < side; ++column, to += 3) {
            Float4 sum = splat4(0.0F);
            for (int i = 0; i < taps * taps; ++i) {
                const float u = (static_cast<float>(column * taps + i % taps) + 0.5F) * tap - square.side / 2;
                const float v = (static_cast<float>(row * taps + i / taps) + 0.5F) * tap - square.side / 2;
                const float x = square.center_x + u * square.cosine - v * square.sine;
                const float y = square.center_y + u * square.sine + v * square.cosine;
                sum += colour_at(image, normalisation.border, x, y);
            }
            for (int c = 0; c < 3; ++c)
                to[c] = sum[c] * scale + normalisation.offset;
        }
    }
}

}  // namespace countersign::facetrack
