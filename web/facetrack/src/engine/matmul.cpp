#include "matmul.hpp"

#include "simd.hpp"

namespace countersign::facetrack {
namespace {

Float4 activate(const Layer& layer, int channel, Float4 value) {
    const Float4 zero = splat4(0.0F);
    if (layer.activation == Activation::relu) return max4(value, zero);
    if (layer.activation == Activation::prelu) {
        return max4(value, zero) + load4(layer.slopes + channel) * min4(value, zero);
    }
    return value;
}

/// Not inlined: it runs once per sum, and eight copies of it in every tile would double the size of the
/// engine.
__attribute__((noinline)) void finish(const Layer& layer, int pixel, int channel, Float4 sum) {
    if (channel < layer.residual_channels) {
        sum += load4(layer.residual + pixel * layer.residual_channels + channel);
    }
    store4(layer.output + pixel * layer.out.channels + channel, activate(layer, channel, sum));
}

/// One tile: the sums stay in registers over the whole depth, which is what makes the multiplication fast.
template <int kRows, int kVectors>
void multiply_tile(const Layer& layer, const Rows& rows, int row, int pixel, int channel) {
    Float4 sums[kRows][kVectors];
    FACETRACK_UNROLL
    for (int r = 0; r < kRows; ++r) {
        FACETRACK_UNROLL
        for (int v = 0; v < kVectors; ++v)
            sums[r][v] = load4(layer.bias + channel + v * 4);
    }
    const float* from = rows.first + row * rows.stride;
    const float* weights = layer.weights + channel * rows.depth;
    for (int k = 0; k < rows.depth; ++k, ++from, weights += kVectors * 4) {
        Float4 column[kVectors];
        FACETRACK_UNROLL
        for (int v = 0; v < kVectors; ++v)
            column[v] = load4(weights + v * 4);
        FACETRACK_UNROLL
        for (int r = 0; r < kRows; ++r) {
            const Float4 factor = splat4(from[r * rows.stride]);
            FACETRACK_UNROLL
            for (int v = 0; v < kVectors; ++v)
                sums[r][v] += factor * column[v];
        }
    }
    FACETRACK_UNROLL
    for (int r = 0; r < kRows; ++r) {
        FACETRACK_UNROLL
        for (int v = 0; v < kVectors; ++v)
            finish(layer, pixel + r, channel + v * 4, sums[r][v]);
    }
}

template <int kVectors>
void multiply_panel(const Layer& layer, const Rows& rows, int first_pixel, int channel) {
    int row = 0;
    for (; row + 4 <= rows.count; row += 4) {
        multiply_tile<4, kVectors>(layer, rows, row, first_pixel + row, channel);
    }
    for (; row < rows.count; ++row) {
        multiply_tile<1, kVectors>(layer, rows, row, first_pixel + row, channel);
    }
}

}  // namespace

void multiply_rows(const Layer& layer, const Rows& rows, int first_pixel) {
    int channel = 0;
    for (; channel + kPanelColumns <= layer.out.channels; channel += kPanelColumns) {
        multiply_panel<2>(layer, rows, first_pixel, channel);
    }
    if (channel < layer.out.channels) multiply_panel<1>(layer, rows, first_pixel, channel);
}

}  // namespace countersign::facetrack
