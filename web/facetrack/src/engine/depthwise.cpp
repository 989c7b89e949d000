#include "kernels.hpp"
#include "simd.hpp"

namespace countersign::facetrack {
namespace {

constexpr int kTaps = 3;

alignas(16) float zero_row[kMaxRowFloats];  // not const: zeros in .bss cost no bytes in the file

/// Three input rows under one output row, and the nine weights of four channels.
struct Window {
    const float* rows[kTaps];
    Float4 weights[kTaps][kTaps];
    int channels;
    int width;
};

Float4 sum_inside(const Window& window, int left) {
    Float4 sum = splat4(0.0F);
    FACETRACK_UNROLL
    for (int y = 0; y < kTaps; ++y) {
        FACETRACK_UNROLL
        for (int x = 0; x < kTaps; ++x) {
            sum += load4(window.rows[y] + (left + x) * window.channels) * window.weights[y][x];
        }
    }
    return sum;
}

Float4 sum_at_border(const Window& window, int left) {
    Float4 sum = splat4(0.0F);
    for (int x = 0; x < kTaps; ++x) {
        if (left + x < 0 || left + x >= window.width) continue;
        for (int y = 0; y < kTaps; ++y) {
            sum += load4(window.rows[y] + (left + x) * window.channels) * window.weights[y][x];
        }
    }
    return sum;
}

void run_row(const Layer& layer, int y, int channel) {
    Window window;
    window.channels = layer.in.channels;
    window.width = layer.in.width;
    for (int tap = 0; tap < kTaps; ++tap) {
        const int from = y * layer.stride - layer.padding + tap;
        const bool inside = from >= 0 && from < layer.in.height;
        window.rows[tap] =
            (inside ? layer.input + from * layer.in.width * layer.in.channels : zero_row) + channel;
        for (int x = 0; x < kTaps; ++x) {
            window.weights[tap][x] = load4(layer.weights + (tap * kTaps + x) * layer.in.channels + channel);
        }
    }
    float* to = layer.output + y * layer.out.width * layer.out.channels + channel;
    for (int x = 0; x < layer.out.width; ++x, to += layer.out.channels) {
        const int left = x * layer.stride - layer.padding;
        const bool inside = left >= 0 && left + kTaps <= layer.in.width;
        store4(to, inside ? sum_inside(window, left) : sum_at_border(window, left));
    }
}

}  // namespace

void run_depthwise(const Layer& layer) {
    for (int y = 0; y < layer.out.height; ++y) {
        for (int channel = 0; channel < layer.out.channels; channel += 4)
            run_row(layer, y, channel);
    }
}

void run_maxpool(const Layer& layer) {
    const int channels = layer.in.channels;
    const int next_row = layer.in.width * channels;
    float* to = layer.output;
    for (int y = 0; y < layer.out.height; ++y) {
        for (int x = 0; x < layer.out.width; ++x, to += channels) {
            const float* from = layer.input + 2 * (y * next_row + x * channels);
            for (int c = 0; c < channels; c += 4) {
                const Float4 upper = max4(load4(from + c), load4(from + c + channels));
                const Float4 lower = max4(load4(from + c + next_row), load4(from + c + next_row + channels));
                store4(to + c, max4(upper, lower));
            }
        }
    }
}

}  // namespace countersign::facetrack
