#pragma once

#include <stdint.h>

namespace countersign::facetrack {

/// Weights of all models live here until the engine goes away; nothing is freed one by one.
///
/// `allocate` gives 16-byte aligned floats, or null when the store is full. `mark` and `rewind` undo the
/// allocations of a model that turned out to be invalid.
float* allocate_floats(int64_t count);
uint32_t mark_floats();
void rewind_floats(uint32_t mark);

/// Where the tensors of the running network lie. Networks take turns, so one buffer serves all.
constexpr int kActivationFloats = 640 * 1024;
float* activation_floats();

}  // namespace countersign::facetrack
