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

float scale_of(const SecretBytes& data) {
    float scale = 0;
    std::memcpy(&scale, data.view().data(), sizeof scale);
    return scale;
}

/// Sums of products of two rows of numbers. 512 × 127² fits in 32 bits.
struct Products {
    std::int32_t ab{0}, aa{0}, bb{0};
};

/// In 16 bits, for which every processor has an instruction that multiplies and adds.
Products products(const std::uint8_t* a, const std::uint8_t* b) {
    Products sums;
    for (std::size_t i = 0; i < kEmbeddingSize; ++i) {
        const std::int16_t x = static_cast<std::int8_t>(a[i]);
        const std::int16_t y = static_cast<std::int8_t>(b[i]);
        sums.ab += x * y;
        sums.aa += x * x;
        sums.bb += y * y;
    }
    return sums;
}

}  // namespace

Result<SecretBytes> encode_template(const Tensor& embedding) {
    const auto values = embedding.values();
    const float length = length_of(values);
    if (values.size() != kEmbeddingSize || !std::isfinite(length) || length <= 0) {
        return fail(ErrorCode::unavailable, "the embedding net gave no direction");
    }
    const auto by_size = [](float a, float b) { return std::abs(a) < std::abs(b); };
    const float scale = std::abs(*std::ranges::max_element(values, by_size)) / 127.0F;
    Bytes bytes(kTemplateBytes);
    std::memcpy(bytes.data(), &scale, sizeof scale);
    for (std::size_t i = 0; i < kEmbeddingSize; ++i)
        bytes[4 + i] = static_cast<std::uint8_t>(static_cast<std::int8_t>(std::lround(values[i] / scale)));
    return SecretBytes(std::move(bytes));
}

Result<Alignment> align(const SecretBytes& a, const SecretBytes& b) {
    if (a.size() != kTemplateBytes || b.size() != kTemplateBytes) {
        return fail(ErrorCode::invalid_argument, "not a template");
    }
    const Products sums = products(a.view().data() + 4, b.view().data() + 4);
    if (sums.aa == 0 || sums.bb == 0) return fail(ErrorCode::invalid_argument, "not a template");
    const double length_a = std::sqrt(static_cast<double>(sums.aa));
    const double length_b = std::sqrt(static_cast<double>(sums.bb));
    return Alignment{
        static_cast<float>(sums.ab / (length_a * length_b)),
        std::min(scale_of(a) * static_cast<float>(length_a), scale_of(b) * static_cast<float>(length_b))};
}

Result<float> cosine(const SecretBytes& a, const SecretBytes& b) {
    return CS_TRY(align(a, b)).cosine;
}

}  // namespace countersign::face
