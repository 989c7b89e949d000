#pragma once

#include <stdint.h>

#include "layer.hpp"

namespace countersign::facetrack {

constexpr int kMaxLayers = 64;
constexpr int kMaxOutputs = 4;
constexpr int kMaxSide = 512;

/// The first words of a payload.
struct ProgramHeader {
    int32_t layer_count;
    int32_t activation_floats;
    int32_t weight_bytes;
    int32_t input_side;
    int32_t input_offset;
    int32_t output_count;
    int32_t output_offsets[kMaxOutputs];
    int32_t output_floats[kMaxOutputs];
    int32_t reserved[2];
};
static_assert(sizeof(ProgramHeader) == 64);

/// One layer as stored. Tensor offsets count floats, table offsets count bytes; −1 means absent.
struct LayerRecord {
    int32_t kind;
    int32_t activation;
    Shape in;
    Shape out;
    int32_t kernel;
    int32_t stride;
    int32_t padding;
    int32_t input_offset;
    int32_t output_offset;
    int32_t residual_offset;
    int32_t residual_channels;
    int32_t weights;
    int32_t scales;
    int32_t bias;
    int32_t slopes;
    int32_t reserved;
};
static_assert(sizeof(LayerRecord) == 80);

/// True if the engine has a kernel for exactly this layer, and the kernel will read and write only the shapes
/// named.
bool is_supported(const LayerRecord& record);

/// True if `floats` floats from `offset` are aligned and lie inside a buffer of `limit` floats.
bool is_tensor(int32_t offset, int64_t floats, int32_t limit);

/// True if input, residual and output lie inside the buffer and the output overlaps neither of the others.
bool tensors_fit(const LayerRecord& record, int32_t limit);

inline bool in_range(int32_t value, int32_t low, int32_t high) {
    return value >= low && value <= high;
}

}  // namespace countersign::facetrack
