#include "face/liveness/imprint.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <complex>
#include <span>
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

// Evidence that two frames are of one picture: the log of odds from what they differ in, by logistic
// regression on edited and on live frames of the clips in docs/liveness.md.
constexpr double kOfTemplates = 5.133;
constexpr double kOfDetail = 0.476;
constexpr double kOfShape = 1.391;
constexpr double kOffset = -27.03;
// Differences that encodings leave by themselves.
constexpr double kLeastAngle = 0.001;     // 1 − cosine
constexpr double kLeastDistance = 0.003;  // eye distances

constexpr double kEnough = 2;
constexpr double kEnoughMirrored =
    -1;                         // a face and its mirrored picture are less alike than two moments of it
constexpr double kCertain = 5;  // beyond the bound; live frames seconds apart reach 3.9
constexpr double kLeastTemplates = 0.94;  // below it, the best of looks would not be enough

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

/// Where each of the 51 points lies in a mirrored face.
constexpr std::array<std::uint8_t, kPoints> kMirrored{
    9,  8,  7,  6,  5,  4,  3,  2,  1,  0,           // brows
    10, 11, 12, 13, 18, 17, 16, 15, 14,              // nose
    28, 27, 26, 25, 30, 29, 22, 21, 20, 19, 24, 23,  // eyes
    37, 36, 35, 34, 33, 32, 31, 42, 41, 40, 39, 38,  // lips outside
    47, 46, 45, 44, 43, 50, 49, 48};                 // and inside

void put_coordinate(float steps, std::size_t at, Bytes& out) {
    const auto whole = static_cast<std::int16_t>(std::clamp(steps, -32'000.0F, 32'000.0F));
    out[at] = static_cast<std::uint8_t>(whole & 0xFF);
    out[at + 1] = static_cast<std::uint8_t>((whole >> 8) & 0xFF);
}

/// The look of the same picture with left and right exchanged: the eyes change places, too.
Bytes mirrored(ByteView look) {
    Bytes out(look.begin(), look.end());
    for (std::size_t row = 0; row < kDetail; row += kSide)
        std::ranges::reverse(std::span(out).subspan(row, kSide));
    for (std::size_t i = 0; i < kPoints; ++i) {
        const std::size_t from = std::size_t{kMirrored[i]} * 2;
        put_coordinate(kUnit - static_cast<float>(coordinate(look, from)), kDetail + i * 4, out);
        put_coordinate(static_cast<float>(coordinate(look, from + 1)), kDetail + i * 4 + 2, out);
    }
    return out;
}

double evidence(ByteView a, ByteView b, double templates) {
    return kOffset - kOfTemplates * std::log(1 - templates + kLeastAngle) -
           kOfDetail * std::log(1 - cosine(a, b) + kLeastAngle) -
           kOfShape * std::log(distance(a, b) + kLeastDistance);
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

double likeness(ByteView a, ByteView b, double templates) {
    if (a.size() != kBytes || b.size() != kBytes || !(templates >= kLeastTemplates)) return kNotAlike;
    const double alike = std::min(templates, 1.0);
    const double upright = evidence(a, b, alike) - kEnough;
    const double turned_over = evidence(mirrored(a), b, alike) - kEnoughMirrored;
    return std::max({upright, turned_over, kNotAlike});
}

SamePicture judge_likeness(double likeness) {
    if (likeness >= kCertain) return SamePicture::certain;
    return likeness >= 0 ? SamePicture::likely : SamePicture::no;
}

}  // namespace countersign::face
