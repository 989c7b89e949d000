#include "face/engine/measure.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "face/engine/imaging.hpp"
#include "face/engine/loops.hpp"

namespace countersign::face {
namespace {

/// Running mean of colours, in whole numbers: exact, and the same in any order.
struct ColourSum {
    std::int64_t r{0}, g{0}, b{0}, count{0};

    /// Pixels [x0, x1) of row y; none when x1 ≤ x0.
    void add_row(const Image& rgb, int y, int x0, int x1) {
        if (x1 <= x0) return;
        const auto row = loops::total(rgb.at(x0, y), static_cast<std::size_t>(x1 - x0));
        r += row.r;
        g += row.g;
        b += row.b;
        count += x1 - x0;
    }
    Rgb mean() const {
        if (count == 0) return {};
        const auto n = static_cast<double>(count);
        return {static_cast<float>(static_cast<double>(r) / n),
                static_cast<float>(static_cast<double>(g) / n),
                static_cast<float>(static_cast<double>(b) / n)};
    }
};

/// Whole pixels [x0, x1) × [y0, y1) of a box, cut to the picture.
struct PixelRange {
    int x0{0}, y0{0}, x1{0}, y1{0};
};

PixelRange inside(const Image& picture, const Box& box) {
    return {std::clamp(static_cast<int>(std::floor(box.x)), 0, picture.width()),
            std::clamp(static_cast<int>(std::floor(box.y)), 0, picture.height()),
            std::clamp(static_cast<int>(std::ceil(box.x + box.width)), 0, picture.width()),
            std::clamp(static_cast<int>(std::ceil(box.y + box.height)), 0, picture.height())};
}

/// Of every `step`th row of the region.
float mean_luma_of_rows(const Image& rgb, const Box& region, int step) {
    const auto range = inside(rgb, region);
    ColourSum sum;
    for (int y = range.y0; y < range.y1; y += step)
        sum.add_row(rgb, y, range.x0, range.x1);
    const Rgb mean = sum.mean();
    return 0.299F * mean.r + 0.587F * mean.g + 0.114F * mean.b;
}

using Polygon = std::vector<Point>;

/// Where the line through the centres of pixel row y crosses the edges, from left to right.
void find_crossings(const Polygon& polygon, int row, std::vector<float>& crossings) {
    const float y = static_cast<float>(row) + 0.5F;
    crossings.clear();
    for (std::size_t i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++) {
        const Point& a = polygon[i];
        const Point& b = polygon[j];
        if ((a.y > y) != (b.y > y)) crossings.push_back((b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x);
    }
    std::ranges::sort(crossings);
}

/// Every pixel whose centre lies inside, by the even-odd rule.
void add_polygon(const Image& rgb, const Polygon& polygon, ColourSum& sum) {
    const auto [top, bottom] = std::ranges::minmax(polygon, {}, &Point::y);
    const auto row = [&](float y) { return std::clamp(static_cast<int>(y), 0, rgb.height()); };
    const auto column = [&](float x) {
        return std::clamp(static_cast<int>(std::ceil(x - 0.5F)), 0, rgb.width());
    };
    std::vector<float> crossings;
    for (int y = row(std::floor(top.y)); y < row(std::ceil(bottom.y)); ++y) {
        find_crossings(polygon, y, crossings);
        for (std::size_t i = 0; i + 1 < crossings.size(); i += 2)
            sum.add_row(rgb, y, column(crossings[i]), column(crossings[i + 1]));
    }
}

Polygon pick(const Landmarks68& points, std::initializer_list<std::size_t> indices) {
    Polygon polygon;
    for (const std::size_t i : indices)
        polygon.push_back(points[i]);
    return polygon;
}

/// From brow to brow, upwards by half the distance from the brows to the base of the nose.
Polygon forehead(const Landmarks68& points) {
    const Point brows{(points[19].x + points[24].x) / 2, (points[19].y + points[24].y) / 2};
    const Point up{(brows.x - points[33].x) * 0.5F, (brows.y - points[33].y) * 0.5F};
    const auto raised = [&](const Point& p, float by) { return Point{p.x + up.x * by, p.y + up.y * by}; };
    return {raised(points[19], 0.15F), raised(points[24], 0.15F), raised(points[24], 1),
            raised(points[19], 1)};
}

}  // namespace

float sharpness(const Image& rgb) {
    const Image grey = to_grey(rgb);
    std::int64_t sum = 0;
    std::int64_t squares = 0;
    for (int y = 1; y + 1 < grey.height(); ++y) {
        const auto row = loops::laplacian(grey.at(0, y - 1), grey.at(0, y), grey.at(0, y + 1),
                                          static_cast<std::size_t>(grey.width()));
        sum += row.sum;
        squares += row.squares;
    }
    const double count = std::max(1.0, static_cast<double>(grey.width() - 2) * (grey.height() - 2));
    const double mean = static_cast<double>(sum) / count;
    return static_cast<float>(static_cast<double>(squares) / count - mean * mean);
}

float mean_luma(const Image& rgb, const Box& region) {
    return mean_luma_of_rows(rgb, region, 1);
}

PoseRatios pose_ratios(const std::array<Point, 5>& p) {
    const Point eyes{(p[0].x + p[1].x) / 2, (p[0].y + p[1].y) / 2};
    const Point mouth{(p[3].x + p[4].x) / 2, (p[3].y + p[4].y) / 2};
    const float dx = p[1].x - p[0].x;
    const float dy = p[1].y - p[0].y;
    const float distance = std::hypot(dx, dy);
    if (distance <= 0) return {};
    // In the turned frame of the eye line, so that a tilted head is not taken for a turned one.
    const auto along = [&](const Point& a) { return ((a.x - eyes.x) * dx + (a.y - eyes.y) * dy) / distance; };
    const auto down = [&](const Point& a) { return ((a.y - eyes.y) * dx - (a.x - eyes.x) * dy) / distance; };
    const float mouth_down = down(mouth);
    return {along(p[2]) / distance, mouth_down > 0 ? down(p[2]) / mouth_down : 0,
            std::atan2(dy, dx) * 180 / std::numbers::pi_v<float>, distance};
}

Rgb skin_colour(const Image& rgb, const Landmarks68& points) {
    ColourSum sum;
    add_polygon(rgb, pick(points, {1, 2, 3, 4, 48, 31, 39, 40, 41, 36}), sum);
    add_polygon(rgb, pick(points, {15, 14, 13, 12, 54, 35, 42, 47, 46, 45}), sum);
    add_polygon(rgb, forehead(points), sum);
    return sum.mean();
}

Rgb background_colour(const Image& rgb, const Box& face) {
    // The border is an eighth of the shorter side; hair reaches a third of the box to each side, and what
    // lies below the chin line is shoulders.
    const int border = std::max(1, std::min(rgb.width(), rgb.height()) / 8);
    const int lowest = std::clamp(static_cast<int>(face.y + face.height), border, rgb.height());
    const auto column = [&](float x) { return std::clamp(static_cast<int>(std::ceil(x)), 0, rgb.width()); };
    const int face_left = column(face.x - face.width / 3);
    const int face_right = column(face.x + face.width * 4 / 3);
    const int right_border = std::max(border, rgb.width() - border);
    ColourSum sum;
    for (int y = 0; y < lowest; ++y) {
        const bool beside_face = static_cast<float>(y) >= face.y - face.height / 3;
        const int left = beside_face ? face_left : rgb.width();
        const int right = beside_face ? face_right : rgb.width();
        if (y < border) {
            sum.add_row(rgb, y, 0, left);
            sum.add_row(rgb, y, right, rgb.width());
            continue;
        }
        sum.add_row(rgb, y, 0, std::min(border, left));
        sum.add_row(rgb, y, std::min(right, border), border);
        sum.add_row(rgb, y, right_border, left);
        sum.add_row(rgb, y, std::max(right, right_border), rgb.width());
    }
    return sum.mean();
}

std::uint64_t difference_hash(const Image& rgb) {
    constexpr int kColumns = 9;
    constexpr int kRows = 8;
    constexpr int kRowsRead = 64;  // of the picture; more would not move a mean
    const int step = std::max(1, rgb.height() / kRowsRead);
    std::uint64_t hash = 0;
    for (int row = 0; row < kRows; ++row) {
        std::array<int, kColumns> luma{};
        for (int column = 0; column < kColumns; ++column) {
            const int x0 = column * rgb.width() / kColumns;
            const int y0 = row * rgb.height() / kRows;
            const Box cell{static_cast<float>(x0), static_cast<float>(y0),
                           static_cast<float>((column + 1) * rgb.width() / kColumns - x0),
                           static_cast<float>((row + 1) * rgb.height() / kRows - y0)};
            luma[static_cast<std::size_t>(column)] =
                static_cast<int>(mean_luma_of_rows(rgb, cell, step) + 0.5F);
        }
        for (std::size_t i = 0; i + 1 < luma.size(); ++i)
            hash = hash << 1U | (luma[i] < luma[i + 1] ? 1U : 0U);
    }
    return hash;
}

}  // namespace countersign::face
