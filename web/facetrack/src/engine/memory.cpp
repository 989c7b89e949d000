#include "memory.hpp"

namespace countersign::facetrack {
namespace {

constexpr uint32_t kWeightFloats = 1280 * 1024;

alignas(16) float weight_store[kWeightFloats];
alignas(16) float activations[kActivationFloats];
uint32_t used_floats = 0;

}  // namespace

float* allocate_floats(int64_t count) {
    const int64_t rounded = (count + 3) / 4 * 4;
    if (count < 0 || rounded > static_cast<int64_t>(kWeightFloats - used_floats)) return nullptr;
    float* const block = weight_store + used_floats;
    used_floats += static_cast<uint32_t>(rounded);
    return block;
}

uint32_t mark_floats() {
    return used_floats;
}

void rewind_floats(uint32_t mark) {
    used_floats = mark;
}

float* activation_floats() {
    return activations;
}

}  // namespace countersign::facetrack
