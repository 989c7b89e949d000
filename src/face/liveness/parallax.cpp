#include "face/liveness/parallax.hpp"

#include <cmath>
#include <initializer_list>
#include <optional>
#include <utility>

namespace countersign::face {
namespace {

// Eye contours and mouth corners: nearly one plane, and the corners move least when talking.
constexpr std::array<std::size_t, 14> kPlane{36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 54};
// Lower bridge, tip and columella: what stands out of that plane.
constexpr std::array<std::size_t, 3> kNose{29, 30, 33};

Point mean_of(const FaceShape& shape, std::initializer_list<std::size_t> indices) {
    Point sum;
    const auto count = static_cast<float>(indices.size());
    for (const std::size_t i : indices) {
        sum.x += shape[i].x / count;
        sum.y += shape[i].y / count;
    }
    return sum;
}

using Row = std::array<double, 3>;

double determinant(const Row& a, const Row& b, const Row& c) {
    return a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0]) +
           a[2] * (b[0] * c[1] - b[1] * c[0]);
}

/// x ↦ of an affine map: x' = k[0]·x + k[1]·y + k[2]. Only the x' of the turned frame is needed: heads turn
/// sideways.
std::optional<Row> fit_sideways(const FaceShape& from, const FaceShape& to) {
    std::array<Row, 3> normal{};
    Row right{};
    for (const std::size_t i : kPlane) {
        const Row row{from[i].x, from[i].y, 1};
        for (std::size_t r = 0; r < 3; ++r) {
            right[r] += row[r] * to[i].x;
            for (std::size_t c = 0; c < 3; ++c)
                normal[r][c] += row[r] * row[c];
        }
    }
    const double whole = determinant(normal[0], normal[1], normal[2]);
    if (!(std::abs(whole) > 1e-9)) return std::nullopt;
    Row solution{};
    for (std::size_t c = 0; c < 3; ++c) {
        auto replaced = normal;  // Cramer's rule; the matrix is symmetric, so its rows are its columns
        replaced[c] = right;
        solution[c] = determinant(replaced[0], replaced[1], replaced[2]) / whole;
    }
    return solution;
}

float eyes_to_mouth(const FaceShape& own) {
    return (own[48].y + own[54].y) / 2;
}

}  // namespace

FaceShape in_own_measure(const FaceShape& shape) {
    const Point right = mean_of(shape, {37, 38, 40, 41});
    const Point left = mean_of(shape, {43, 44, 46, 47});
    const Point centre{(right.x + left.x) / 2, (right.y + left.y) / 2};
    const float dx = left.x - right.x;
    const float dy = left.y - right.y;
    const float square = dx * dx + dy * dy;
    FaceShape own;
    if (!(square > 0)) return own;
    for (std::size_t i = 0; i < own.size(); ++i) {
        const float x = shape[i].x - centre.x;
        const float y = shape[i].y - centre.y;
        own[i] = {(x * dx + y * dy) / square, (y * dx - x * dy) / square};
    }
    return own;
}

Parallax parallax_between(const FaceShape& ahead, const FaceShape& turned) {
    Parallax out;
    const auto plane = fit_sideways(ahead, turned);
    if (!plane || !(eyes_to_mouth(ahead) > 0)) return out;
    for (const std::size_t i : kNose) {
        const double expected = (*plane)[0] * ahead[i].x + (*plane)[1] * ahead[i].y + (*plane)[2];
        out.nose += static_cast<float>(turned[i].x - expected) / static_cast<float>(kNose.size());
    }
    // The eye distance is 1 in both, so a narrower face shows as a longer one.
    out.narrowing = 1 - eyes_to_mouth(ahead) / eyes_to_mouth(turned);
    return out;
}

}  // namespace countersign::face
