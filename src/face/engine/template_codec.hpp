#pragma once

#include <span>

#include "face/api/types.hpp"
#include "face/engine/tensor.hpp"

namespace countersign::face {

/// Layout of Template::data: f32 little-endian scale, then 512 × int8. value[i] = scale × q[i]; the vector
/// has length 1 up to rounding, and rounding changes a cosine by less than 0.002.
constexpr std::size_t kEmbeddingSize = 512;
constexpr std::size_t kTemplateBytes = 4 + kEmbeddingSize;

/// Scales the embedding to length 1 and quantises it.
/// Errors: unavailable (not 512 finite numbers, or all zero: the net failed).
Result<SecretBytes> encode_template(const Tensor& embedding);

/// Cosine of two templates, −1…1. Errors: invalid_argument (wrong size, or no direction).
Result<float> cosine(const SecretBytes& a, const SecretBytes& b);

}  // namespace countersign::face
