#include "face/engine/template_codec.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "face/engine/loops.hpp"

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

constexpr std::size_t kScaleBytes = template_bytes(0);
/// So many products of two int8 fit in 32 bits.
constexpr std::size_t kMostValues = 1 << 17;

}  // namespace

Result<SecretBytes> encode_template(const Tensor& embedding) {
    const auto values = embedding.values();
    const float length = length_of(values);
    if (values.size() > kMostValues || !std::isfinite(length) || length <= 0) {
        return fail(ErrorCode::unavailable, "the embedding net gave no direction");
    }
    const auto by_size = [](float a, float b) { return std::abs(a) < std::abs(b); };
    const float scale = std::abs(*std::ranges::max_element(values, by_size)) / 127.0F;
    Bytes bytes(template_bytes(values.size()));
    std::memcpy(bytes.data(), &scale, sizeof scale);
    for (std::size_t i = 0; i < values.size(); ++i)
        bytes[kScaleBytes + i] =
            static_cast<std::uint8_t>(static_cast<std::int8_t>(std::lround(values[i] / scale)));
    return SecretBytes(std::move(bytes));
}

Result<Alignment> align(const SecretBytes& a, const SecretBytes& b) {
    if (a.size() != b.size() || a.size() <= kScaleBytes || a.size() > template_bytes(kMostValues)) {
        return fail(ErrorCode::invalid_argument, "not a template");
    }
    const auto sums =
        loops::products(a.view().data() + kScaleBytes, b.view().data() + kScaleBytes, a.size() - kScaleBytes);
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
