#include "face/liveness/imprint.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <complex>
#include <vector>

namespace countersign::face {
namespace {

constexpr int kAligned = 112;
constexpr int kSide = 16;
constexpr int kBlock = kAligned / kSide;
constexpr std::size_t kDetail = std::size_t{kSide} * kSide;
constexpr std::size_t kFirstPoint = 17;  // the jaw is the least certain part
constexpr std::size_t kPoints = 68 - kFirstPoint;
constexpr std::size_t kBytes = kDetail + kPoints * 4;
constexpr float kUnit = 1000;  // steps of an eye distance

constexpr double kLeastDetail = 0.985;  // cosine
constexpr double kMostShape = 0.016;    // root mean square distance of a point, eye distances

using Detail = std::array<float, kDetail>;

Detail luma_blocks(ByteView aligned) {
    Detail out{};
    for (int y = 0; y < kSide * kBlock; ++y) {
        for (int x = 0; x < kSide * kBlock; ++x) {
            const auto at = (static_cast<std::size_t>(y) * kAligned + static_cast<std::size_t>(x)) * 3;
            const float luma = 0.299F * static_cast<float>(aligned[at]) +
                               0.587F * static_cast<float>(aligned[at + 1]) +
                               0.114F * static_cast<float>(aligned[at + 2]);
            out[static_cast<std::size_t>((y / kBlock) * kSide + x / kBlock)] += luma;
        }
    }
    return out;
}

/// What stands out from its neighbourhood of 5×5 blocks: the light on the face falls away.
Detail fine_part(const Detail& blocks) {
    Detail out{};
    for (int y = 0; y < kSide; ++y) {
        for (int x = 0; x < kSide; ++x) {
            float sum = 0;
            float count = 0;
            for (int v = std::max(0, y - 2); v <= std::min(kSide - 1, y + 2); ++v) {
                for (int u = std::max(0, x - 2); u <= std::min(kSide - 1, x + 2); ++u) {
                    sum += blocks[static_cast<std::size_t>(v * kSide + u)];
                    ++count;
                }
            }
            const auto at = static_cast<std::size_t>(y * kSide + x);
            out[at] = blocks[at] - sum / count;
        }
    }
    return out;
}

void append_detail(const Detail& detail, Bytes& out) {
    float mean = 0;
    for (const float value : detail)
        mean += value / static_cast<float>(kDetail);
    float largest = 1e-6F;
    for (const float value : detail)
        largest = std::max(largest, std::abs(value - mean));
    for (const float value : detail) {
        const auto step = static_cast<std::int8_t>(std::lround((value - mean) / largest * 127));
        out.push_back(std::bit_cast<std::uint8_t>(step));
    }
}

using Place = std::complex<float>;

Place eye_centre(const FaceShape& shape, std::size_t first) {
    Place sum{0, 0};
    for (std::size_t i = first; i < first + 6; ++i)
        sum += Place{shape[i].x, shape[i].y};
    return sum / 6.0F;
}

/// Relative to the subject's right eye, in eye distances, turned upright.
void append_shape(const FaceShape& shape, Bytes& out) {
    const Place origin = eye_centre(shape, 36);
    const Place eyes = eye_centre(shape, 42) - origin;
    const Place scale = std::norm(eyes) > 0 ? kUnit / eyes : Place{0, 0};
    for (std::size_t i = kFirstPoint; i < shape.size(); ++i) {
        const Place place = (Place{shape[i].x, shape[i].y} - origin) * scale;
        for (const float part : {place.real(), place.imag()}) {
            const auto steps = static_cast<std::int16_t>(std::clamp(part, -32'000.0F, 32'000.0F));
            out.push_back(static_cast<std::uint8_t>(steps & 0xFF));
            out.push_back(static_cast<std::uint8_t>((steps >> 8) & 0xFF));
        }
    }
}

double cosine(ByteView a, ByteView b) {
    double ab = 0, aa = 0, bb = 0;
    for (std::size_t i = 0; i < kDetail; ++i) {
        const double x = std::bit_cast<std::int8_t>(a[i]);
        const double y = std::bit_cast<std::int8_t>(b[i]);
        ab += x * y;
        aa += x * x;
        bb += y * y;
    }
    return aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : 0;
}

double coordinate(ByteView look, std::size_t index) {
    const std::size_t at = kDetail + index * 2;
    return std::bit_cast<std::int16_t>(
        static_cast<std::uint16_t>(look[at] | static_cast<unsigned>(look[at + 1]) << 8U));
}

double distance(ByteView a, ByteView b) {
    double sum = 0;
    for (std::size_t i = 0; i < kPoints * 2; ++i) {
        const double apart = (coordinate(a, i) - coordinate(b, i)) / double{kUnit};
        sum += apart * apart;
    }
    return std::sqrt(sum / double{kPoints});
}

}  // namespace

SecretBytes look_of_picture(ByteView aligned, const FaceShape& shape) {
    CS_CHECK(aligned.size() == std::size_t{kAligned} * kAligned * 3);
    Bytes out;
    out.reserve(kBytes);
    append_detail(fine_part(luma_blocks(aligned)), out);
    append_shape(shape, out);
    return SecretBytes(std::move(out));
}

bool looks_like_one_picture(ByteView a, ByteView b) {
    if (a.size() != kBytes || b.size() != kBytes) return false;
    return cosine(a, b) >= kLeastDetail && distance(a, b) <= kMostShape;
}

}  // namespace countersign::face
