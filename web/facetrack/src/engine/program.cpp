#include "program.hpp"

#include "kernels.hpp"
#include "memory.hpp"
#include "weights.hpp"

namespace countersign::facetrack {
namespace {

/// Expands the tables of one layer. Null where the kind has none.
LoadStatus load_tables(const LayerRecord& record, const WeightSection& section, Layer& layer) {
    if (layer.kind == LayerKind::maxpool) return LoadStatus::ok;
    const int channels = layer.out.channels;
    const bool depthwise = layer.kind == LayerKind::depthwise;
    const int depth = layer.kernel * layer.kernel * (depthwise ? 1 : layer.in.channels);
    const Matrix matrix{
        .depth = depth, .columns = channels, .values = record.weights, .scales = record.scales};
    if (!has_matrix(section, matrix)) return LoadStatus::out_of_bounds;
    layer.weights = depthwise ? expand_rows(section, matrix) : expand_panels(section, matrix);
    if (layer.weights == nullptr) return LoadStatus::out_of_memory;

    const bool needs_bias = layer.kind == LayerKind::convolution;
    const bool needs_slopes = layer.activation == Activation::prelu;
    if (needs_bias && !has_table(section, record.bias, channels)) return LoadStatus::out_of_bounds;
    if (needs_slopes && !has_table(section, record.slopes, channels)) return LoadStatus::out_of_bounds;
    if (needs_bias) layer.bias = expand_table(section, record.bias, channels);
    if (needs_slopes) layer.slopes = expand_table(section, record.slopes, channels);
    const bool complete =
        (!needs_bias || layer.bias != nullptr) && (!needs_slopes || layer.slopes != nullptr);
    return complete ? LoadStatus::ok : LoadStatus::out_of_memory;
}

LoadStatus load_layer(const LayerRecord& record, const WeightSection& section, int32_t limit, Layer& layer) {
    if (!is_supported(record)) return LoadStatus::unsupported;
    if (!tensors_fit(record, limit)) return LoadStatus::out_of_bounds;
    float* const tensors = activation_floats();
    layer = Layer{.kind = static_cast<LayerKind>(record.kind),
                  .activation = static_cast<Activation>(record.activation),
                  .in = record.in,
                  .out = record.out,
                  .kernel = record.kernel,
                  .stride = record.stride,
                  .padding = record.padding,
                  .residual_channels = record.residual_channels,
                  .input = tensors + record.input_offset,
                  .residual = record.residual_channels == 0 ? nullptr : tensors + record.residual_offset,
                  .output = tensors + record.output_offset,
                  .weights = nullptr,
                  .bias = nullptr,
                  .slopes = nullptr};
    return load_tables(record, section, layer);
}

LoadStatus load_ends(const ProgramHeader& header, Network& network) {
    const int64_t input_floats = 3LL * header.input_side * header.input_side;
    if (!in_range(header.input_side, 1, kMaxSide) || !in_range(header.output_count, 1, kMaxOutputs)) {
        return LoadStatus::unsupported;
    }
    if (!is_tensor(header.input_offset, input_floats, header.activation_floats))
        return LoadStatus::out_of_bounds;
    network.input_side = header.input_side;
    network.input = activation_floats() + header.input_offset;
    network.output_count = header.output_count;
    for (int i = 0; i < header.output_count; ++i) {
        const bool fits =
            is_tensor(header.output_offsets[i], header.output_floats[i], header.activation_floats);
        if (!fits) return LoadStatus::out_of_bounds;
        network.outputs[i] = activation_floats() + header.output_offsets[i];
        network.output_floats[i] = header.output_floats[i];
    }
    return LoadStatus::ok;
}

LoadStatus load_all(const uint8_t* payload, uint32_t bytes, Network& network) {
    if (bytes < sizeof(ProgramHeader)) return LoadStatus::truncated;
    const auto& header = *reinterpret_cast<const ProgramHeader*>(payload);
    if (!in_range(header.layer_count, 1, kMaxLayers)) return LoadStatus::unsupported;
    if (!in_range(header.activation_floats, 1, kActivationFloats)) return LoadStatus::out_of_memory;
    const int64_t expected = static_cast<int64_t>(sizeof(ProgramHeader)) +
                             header.layer_count * static_cast<int64_t>(sizeof(LayerRecord)) +
                             header.weight_bytes;
    if (header.weight_bytes < 0 || expected != bytes) return LoadStatus::truncated;
    if (const LoadStatus status = load_ends(header, network); status != LoadStatus::ok) return status;

    const auto* records = reinterpret_cast<const LayerRecord*>(payload + sizeof(ProgramHeader));
    const WeightSection section{.bytes = reinterpret_cast<const uint8_t*>(records + header.layer_count),
                                .size = header.weight_bytes};
    network.layer_count = header.layer_count;
    for (int i = 0; i < header.layer_count; ++i) {
        const LoadStatus status =
            load_layer(records[i], section, header.activation_floats, network.layers[i]);
        if (status != LoadStatus::ok) return status;
    }
    return LoadStatus::ok;
}

}  // namespace

LoadStatus load_network(const uint8_t* payload, uint32_t bytes, NetworkCheck is_wanted, Network& network) {
    if (network.loaded) return LoadStatus::loaded_before;
    const uint32_t mark = mark_floats();
    LoadStatus status = load_all(payload, bytes, network);
    if (status == LoadStatus::ok && !is_wanted(network)) status = LoadStatus::wrong_model;
    network.loaded = status == LoadStatus::ok;
    if (!network.loaded) rewind_floats(mark);
    return status;
}

void run_network(const Network& network) {
    for (int i = 0; i < network.layer_count; ++i) {
        const Layer& layer = network.layers[i];
        switch (layer.kind) {
            case LayerKind::convolution:
                run_convolution(layer);
                break;
            case LayerKind::depthwise:
                run_depthwise(layer);
                break;
            case LayerKind::maxpool:
                run_maxpool(layer);
                break;
        }
    }
}

}  // namespace countersign::facetrack
