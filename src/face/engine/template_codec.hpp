#pragma once

#include <span>

#include "face/api/types.hpp"
#include "face/engine/tensor.hpp"

namespace countersign::face {

/// Layout of Template::data: f32 little-endian scale, then 512 × int8. value[i] = scale × q[i]. The direction
/// is the face; rounding changes a cosine by less than 0.002. The length is the net's own: a clear face gives
/// a longer vector than a blurred, hidden or turned one (docs/engine.md). A template of length 1 says nothing
/// about clearness.
constexpr std::size_t kEmbeddingSize = 512;
constexpr std::size_t kTemplateBytes = 4 + kEmbeddingSize;

/// Quantises the embedding.
/// Errors: unavailable (not 512 finite numbers, or all zero: the net failed).
Result<SecretBytes> encode_template(const Tensor& embedding);

struct Alignment {
    float cosine{0};   // of the directions, −1…1
    float shorter{0};  // the smaller of the two lengths
};

/// Errors: invalid_argument (wrong size, or no direction).
Result<Alignment> align(const SecretBytes& a, const SecretBytes& b);

/// Cosine of two templates, −1…1. Errors: as `align`.
Result<float> cosine(const SecretBytes& a, const SecretBytes& b);

}  // namespace countersign::face
