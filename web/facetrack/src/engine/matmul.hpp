#pragma once

#include "layer.hpp"

namespace countersign::facetrack {

/// Columns of one panel. The weight matrix (depth × columns) is stored panel after panel, each depth × 8
/// floats; a last panel of four columns is depth × 4.
constexpr int kPanelColumns = 8;

/// Rows to multiply: `count` rows of `depth` floats, `stride` floats apart.
struct Rows {
    const float* first;
    int stride;
    int count;
    int depth;
};

/// output = activation(rows × weights + bias + residual) for the layer's pixels `first_pixel` onwards.
void multiply_rows(const Layer& layer, const Rows& rows, int first_pixel);

}  // namespace countersign::facetrack
