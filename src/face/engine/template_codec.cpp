#include "face/engine/template_codec.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace countersign::face {
namespace {

static_assert(std::endian::native == std::endian::little, "the scale is stored little-endian");

float length_of(std::span<const float> values) {
    double squares = 0;
    for (const float value : values)
        squares += static_cast<double>(value) * value;
    return static_cast<float>(std::sqrt(squares));
}

}  // namespace

Result<SecretBytes> encode_template(const Tensor& embedding) {
    const auto values = embedding.values();
    const float length = length_of(values);
    if (values.size() != kEmbeddingSize || !std::isfinite(length) || length <= 0) {
        return fail(ErrorCode::unavailable, "the embedding net gave no direction");
    }
    const auto by_size = [](float a, float b) { return std::abs(a) < std::abs(b); };
    const float scale = std::abs(*std::ranges::max_element(values, by_size)) / length / 127.0F;
    Bytes bytes(kTemplateBytes);
    std::memcpy(bytes.data(), &scale, sizeof scale);
    for (std::size_t i = 0; i < kEmbeddingSize; ++i) {
        const auto q = static_cast<std::int8_t>(std::lround(values[i] / length / scale));
        bytes[4 + i] = static_cast<std::uint8_t>(q);
    }
    return SecretBytes(std::move(bytes));
}

Result<float> cosine(const SecretBytes& a, const SecretBytes& b) {
    if (a.size() != kTemplateBytes || b.size() != kTemplateBytes) {
        return fail(ErrorCode::invalid_argument, "not a template");
    }
    // The scales cancel out of a cosine; exact in 64-bit integers.
    std::int64_t ab = 0;
    std::int64_t aa = 0;
    std::int64_t bb = 0;
    for (std::size_t i = 4; i < kTemplateBytes; ++i) {
        const auto x = static_cast<std::int8_t>(a.view()[i]);
        const auto y = static_cast<std::int8_t>(b.view()[i]);
        ab += x * y;
        aa += x * x;
        bb += y * y;
    }
    if (aa == 0 || bb == 0) return fail(ErrorCode::invalid_argument, "not a template");
    return static_cast<float>(static_cast<double>(ab) /
                              std::sqrt(static_cast<double>(aa) * static_cast<double>(bb)));
}

}  // namespace countersign::face
