#include "kernels.hpp"
#include "matmul.hpp"
#include "scalar.hpp"

namespace countersign::facetrack {
namespace {

/// Pixels whose inputs are multiplied together: small enough that they stay in the first-level cache.
constexpr int kBlockPixels = 32;

alignas(16) float patches[kBlockPixels * kMaxPatchFloats];

void fill_zero(float* to, int count) {
    for (int i = 0; i < count; ++i)
        to[i] = 0.0F;
}

void copy(float* to, const float* from, int count) {
    for (int i = 0; i < count; ++i)
        to[i] = from[i];
}

/// Writes the kernel × kernel window of one output pixel as one row; what lies outside the input is zero.
void gather_patch(const Layer& layer, int y, int x, float* patch) {
    const int channels = layer.in.channels;
    const int left = x * layer.stride - layer.padding;
    const int first = larger(0, -left);
    const int last = smaller(layer.kernel, layer.in.width - left);
    for (int row = 0; row < layer.kernel; ++row, patch += layer.kernel * channels) {
        const int from_y = y * layer.stride - layer.padding + row;
        if (from_y < 0 || from_y >= layer.in.height) {
            fill_zero(patch, layer.kernel * channels);
            continue;
        }
        const float* from = layer.input + (from_y * layer.in.width + left + first) * channels;
        fill_zero(patch, first * channels);
        copy(patch + first * channels, from, (last - first) * channels);
        fill_zero(patch + last * channels, (layer.kernel - last) * channels);
    }
}

}  // namespace

void run_convolution(const Layer& layer) {
    const bool rows_are_pixels = layer.kernel == 1 && layer.stride == 1;
    const int depth = layer.kernel * layer.kernel * layer.in.channels;
    const int pixels = layer.out.height * layer.out.width;
    for (int first = 0; first < pixels; first += kBlockPixels) {
        const int count = smaller(kBlockPixels, pixels - first);
        const float* rows = layer.input + first * depth;
        if (!rows_are_pixels) {
            for (int i = 0; i < count; ++i) {
                const int pixel = first + i;
                gather_patch(layer, pixel / layer.out.width, pixel % layer.out.width, patches + i * depth);
            }
            rows = patches;
        }
        multiply_rows(layer, Rows{.first = rows, .stride = depth, .count = count, .depth = depth}, first);
    }
}

}  // namespace countersign::facetrack
