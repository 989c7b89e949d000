#pragma once

#include <stdint.h>

namespace countersign::facetrack {

enum class LayerKind : int32_t { convolution = 0, depthwise = 1, maxpool = 2 };
enum class Activation : int32_t { none = 0, relu = 1, prelu = 2 };

/// Height × width × channels, channels innermost.
struct Shape {
    int height;
    int width;
    int channels;
};

/// One step of a network, ready to run. Pointers are owned by the model; `residual` and `slopes` may be null.
///
/// Channels are multiples of four, except the three of the picture. Tensors do not overlap.
struct Layer {
    LayerKind kind;
    Activation activation;
    Shape in;
    Shape out;
    int kernel;
    int stride;
    int padding;  // rows above and columns to the left; what is missing below and right is zero as well
    int residual_channels;
    const float* input;
    const float* residual;  // added to the first `residual_channels` channels
    float* output;
    const float* weights;  // convolution: panels (matmul.hpp); depthwise: 3×3×channels
    const float* bias;
    const float* slopes;
};

}  // namespace countersign::facetrack
