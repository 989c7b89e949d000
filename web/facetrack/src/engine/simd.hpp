#pragma once

#include <stdint.h>

/// Before a loop with a constant count whose body must stay in registers. The build turns all other unrolling
/// off: it makes the file three times larger and nothing faster.
#define FACETRACK_UNROLL _Pragma("clang loop unroll(full)")

namespace countersign::facetrack {

/// Four floats in one register: wasm v128 in the browser, SSE or NEON natively. Loads and stores need 16-byte
/// alignment, which every tensor and table of the engine has.
using Float4 = float __attribute__((vector_size(16), may_alias));
using Byte4 = uint8_t __attribute__((vector_size(4), may_alias, aligned(1)));

inline Float4 load4(const float* from) {
    return *reinterpret_cast<const Float4*>(from);
}

inline void store4(float* to, Float4 value) {
    *reinterpret_cast<Float4*>(to) = value;
}

inline Float4 splat4(float value) {
    return Float4{value, value, value, value};
}

inline Float4 max4(Float4 a, Float4 b) {
    return a > b ? a : b;
}

inline Float4 min4(Float4 a, Float4 b) {
    return a < b ? a : b;
}

}  // namespace countersign::facetrack
