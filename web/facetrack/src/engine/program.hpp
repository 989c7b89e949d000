#pragma once

#include <stdint.h>

#include "record.hpp"

namespace countersign::facetrack {

/// Why a program was refused. The numbers are part of the interface to JavaScript.
enum class LoadStatus : int32_t {
    ok = 0,
    truncated = 1,      // sizes in the header do not add up to the length of the payload
    unsupported = 2,    // a layer kind, shape or count this engine cannot run
    out_of_bounds = 3,  // a tensor or table lies outside its buffer
    out_of_memory = 4,  // the weights do not fit
    wrong_model = 5,    // valid, but not the network the caller asked for
    loaded_before = 6,  // this network is loaded already
};

/// One network, ready to run.
struct Network {
    bool loaded;
    int layer_count;
    int input_side;
    float* input;  // input_side × input_side × 3
    int output_count;
    const float* outputs[kMaxOutputs];
    int output_floats[kMaxOutputs];
    Layer layers[kMaxLayers];
};

/// True for the network a caller is after, judged by its input and outputs.
using NetworkCheck = bool (*)(const Network& network);

/// Reads the payload of an FTM1 file (README.md) and expands its int8 weights to floats.
///
/// The payload is not trusted: every offset and shape is checked, and on any refusal the network stays
/// unloaded and keeps no memory. The payload may be overwritten afterwards.
LoadStatus load_network(const uint8_t* payload, uint32_t bytes, NetworkCheck is_wanted, Network& network);

/// Runs all layers; the caller has filled `network.input`.
void run_network(const Network& network);

}  // namespace countersign::facetrack
