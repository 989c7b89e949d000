#include "record.hpp"

#include "kernels.hpp"

namespace countersign::facetrack {
namespace {

constexpr int kMaxChannels = 2048;

int64_t float_count(const Shape& shape) {
    return static_cast<int64_t>(shape.height) * shape.width * shape.channels;
}

bool is_shape(const Shape& shape) {
    return in_range(shape.height, 1, kMaxSide) && in_range(shape.width, 1, kMaxSide) &&
           in_range(shape.channels, 1, kMaxChannels);
}

/// True if the layer reads only what exists: windows never start beyond the input.
bool geometry_fits(const LayerRecord& record) {
    const int last_row = (record.out.height - 1) * record.stride - record.padding;
    const int last_column = (record.out.width - 1) * record.stride - record.padding;
    return last_row < record.in.height && last_column < record.in.width;
}

bool convolution_fits(const LayerRecord& record) {
    const int depth = record.kernel * record.kernel * record.in.channels;
    const bool same_pixels = record.in.height == record.out.height && record.in.width == record.out.width;
    if (record.kernel == 1 && record.stride == 1) {
        return same_pixels && record.padding == 0 && record.in.channels % 4 == 0;
    }
    return depth <= kMaxPatchFloats;
}

bool depthwise_fits(const LayerRecord& record) {
    return record.kernel == 3 && record.in.channels == record.out.channels && record.in.channels % 4 == 0 &&
           record.in.width * record.in.channels <= kMaxRowFloats;
}

bool maxpool_fits(const LayerRecord& record) {
    return record.in.channels == record.out.channels && record.in.channels % 4 == 0 &&
           record.in.height == 2 * record.out.height && record.in.width == 2 * record.out.width;
}

bool disjoint(int32_t a, int64_t a_floats, int32_t b, int64_t b_floats) {
    return a + a_floats <= b || b + b_floats <= a;
}

}  // namespace

bool is_supported(const LayerRecord& record) {
    if (!is_shape(record.in) || !is_shape(record.out) || record.out.channels % 4 != 0) return false;
    if (!in_range(record.activation, 0, 2) || !in_range(record.stride, 1, 4)) return false;
    if (!in_range(record.kernel, 1, 8) || !in_range(record.padding, 0, record.kernel - 1)) return false;
    if (!geometry_fits(record)) return false;
    switch (static_cast<LayerKind>(record.kind)) {
        case LayerKind::convolution:
            return convolution_fits(record);
        case LayerKind::depthwise:
            return depthwise_fits(record);
        case LayerKind::maxpool:
            return maxpool_fits(record);
    }
    return false;
}

bool is_tensor(int32_t offset, int64_t floats, int32_t limit) {
    return offset >= 0 && offset % 4 == 0 && floats > 0 && offset + floats <= limit;
}

bool tensors_fit(const LayerRecord& record, int32_t limit) {
    const int64_t in = float_count(record.in);
    const int64_t out = float_count(record.out);
    if (!is_tensor(record.input_offset, in, limit) || !is_tensor(record.output_offset, out, limit))
        return false;
    if (!disjoint(record.input_offset, in, record.output_offset, out)) return false;
    if (record.residual_channels == 0) return true;

    const int64_t residual =
        static_cast<int64_t>(record.out.height) * record.out.width * record.residual_channels;
    const bool channels_fit =
        in_range(record.residual_channels, 4, record.out.channels) && record.residual_channels % 4 == 0;
    return channels_fit && is_tensor(record.residual_offset, residual, limit) &&
           disjoint(record.residual_offset, residual, record.output_offset, out);
}

}  // namespace countersign::facetrack
