#include "face/engine/tracking.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "face/engine/imaging.hpp"
#include "face/engine/loops.hpp"

namespace countersign::face {
namespace {

constexpr int kLookSide = 14;
constexpr float kFarthest = 0.5F;    // move of the centre, eye distances
constexpr float kMostGrowth = 1.2F;  // of the size, either way

Point middle(const Point& a, const Point& b) {
    return {(a.x + b.x) / 2, (a.y + b.y) / 2};
}

Point centre_of(std::span<const Point, 5> face) {
    return middle(middle(face[0], face[1]), middle(face[3], face[4]));
}

float eye_distance(std::span<const Point, 5> face) {
    return std::hypot(face[1].x - face[0].x, face[1].y - face[0].y);
}

/// Means of the squares of one row of squares, weighted to luma. `sums`: the rows of the picture in it,
/// added.
void add_mean_lumas(std::span<const float> sums, int side, Bytes& look) {
    const float* pixel = sums.data();
    for (int column = 0; column < kLookSide; ++column) {
        std::array<float, 3> sum{};
        for (int x = 0; x < side; ++x, pixel += 3) {
            for (std::size_t c = 0; c < 3; ++c)
                sum[c] += pixel[c];
        }
        const float luma = 0.299F * sum[0] + 0.587F * sum[1] + 0.114F * sum[2];
        look.push_back(static_cast<std::uint8_t>(luma / static_cast<float>(side * side)));
    }
}

}  // namespace

SecretBytes look_of(const Image& aligned) {
    const int side = aligned.width() / kLookSide;
    Bytes look;
    look.reserve(std::size_t{kLookSide} * kLookSide);
    std::vector<float> sums(static_cast<std::size_t>(aligned.width()) * 3);
    for (int row = 0; row < kLookSide; ++row) {
        std::ranges::fill(sums, 0.0F);
        for (int y = row * side; y < (row + 1) * side; ++y)
            loops::add_scaled(aligned.at(0, y), 1, sums.data(), sums.size());
        add_mean_lumas(sums, side, look);
    }
    wipe(sums.data(), sums.size() * sizeof(float));
    return SecretBytes(std::move(look));
}

float look_similarity(ByteView a, ByteView b) {
    if (a.empty() || a.size() != b.size()) return -1;
    double sum_a = 0, sum_b = 0, sum_aa = 0, sum_bb = 0, sum_ab = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double x = a[i];
        const double y = b[i];
        sum_a += x;
        sum_b += y;
        sum_aa += x * x;
        sum_bb += y * y;
        sum_ab += x * y;
    }
    const auto count = static_cast<double>(a.size());
    const double spread = (sum_aa - sum_a * sum_a / count) * (sum_bb - sum_b * sum_b / count);
    if (!(spread > 0)) return -1;
    return static_cast<float>((sum_ab - sum_a * sum_b / count) / std::sqrt(spread));
}

Box move_box(const Box& box, std::span<const Point, 5> from, std::span<const Point, 5> to) {
    const Similarity move = fit_similarity(from, to);
    const float scale = move.scale();
    const Point centre = move.apply({box.x + box.width / 2, box.y + box.height / 2});
    return {centre.x - scale * box.width / 2, centre.y - scale * box.height / 2, scale * box.width,
            scale * box.height};
}

bool plausible_move(std::span<const Point, 5> from, std::span<const Point, 5> to) {
    const float before = eye_distance(from);
    if (!(before > 0)) return false;
    const float growth = fit_similarity(from, to).scale();
    const Point a = centre_of(from);
    const Point b = centre_of(to);
    const bool near = std::hypot(b.x - a.x, b.y - a.y) <= kFarthest * before;
    const Point eyes = middle(to[0], to[1]);
    const Point mouth = middle(to[3], to[4]);
    const bool in_order = to[0].x < to[1].x && to[3].x < to[4].x && eyes.y < to[2].y && to[2].y < mouth.y;
    return near && growth <= kMostGrowth && growth >= 1 / kMostGrowth && in_order;
}

}  // namespace countersign::face
