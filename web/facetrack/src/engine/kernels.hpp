#pragma once

#include "layer.hpp"

namespace countersign::facetrack {

/// Largest kernel × kernel × channels of a convolution that is not 1×1, in floats.
constexpr int kMaxPatchFloats = 1024;

/// Largest width × channels of a depthwise layer's input, in floats.
constexpr int kMaxRowFloats = 4096;

/// Computes one layer. The layer must have passed the checks of program.cpp; nothing is checked here.
void run_convolution(const Layer& layer);
void run_depthwise(const Layer& layer);
void run_maxpool(const Layer& layer);

}  // namespace countersign::facetrack
