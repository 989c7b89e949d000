#pragma once

#include <span>

#include "face/api/types.hpp"
#include "face/engine/tensor.hpp"

namespace countersign::face {

/// Layout of Template::data: f32 little-endian scale, then an int8 for each number of the embedding.
/// value[i] = scale × q[i]. The direction is the face; rounding changes a cosine by less than 0.002 (0.004 of
/// 128 numbers). The length is the net's own: a clear face gives a longer vector than a blurred, hidden or
/// turned one (docs/engine.md). A template of length 1 says nothing about clearness.
constexpr std::size_t template_bytes(std::size_t embedding_values) {
    return sizeof(float) + embedding_values;
}

/// Quantises the embedding.
/// Errors: unavailable (not finite numbers, or all zero: the net failed).
Result<SecretBytes> encode_template(const Tensor& embedding);

struct Alignment {
    float cosine{0};   // of the directions, −1…1
    float shorter{0};  // the smaller of the two lengths
};

/// Errors: invalid_argument (different sizes, or no direction).
Result<Alignment> align(const SecretBytes& a, const SecretBytes& b);

/// Cosine of two templates, −1…1. Errors: as `align`.
Result<float> cosine(const SecretBytes& a, const SecretBytes& b);

}  // namespace countersign::face
