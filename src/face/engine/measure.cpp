#include "face/engine/measure.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "face/engine/imaging.hpp"

namespace countersign::face {
namespace {

/// Running mean of colours.
struct ColourSum {
    double r{0}, g{0}, b{0};
    std::int64_t count{0};
    void add(const std::uint8_t* pixel) {
        r += pixel[0];
        g += pixel[1];
        b += pixel[2];
        ++count;
    }
    Rgb mean() const {
        if (count == 0) return {};
        const auto n = static_cast<double>(count);
        return {static_cast<float>(r / n), static_cast<float>(g / n), static_cast<float>(b / n)};
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

using Polygon = std::vector<Point>;

/// Even-odd rule.
bool contains(const Polygon& polygon, float x, float y) {
    bool inside_it = false;
    for (std::size_t i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++) {
        const Point& a = polygon[i];
        const Point& b = polygon[j];
        if ((a.y > y) != (b.y > y) && x < (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x) inside_it = !inside_it;
    }
    return inside_it;
}

Box bounds(const Polygon& polygon) {
    const auto [left, right] = std::ranges::minmax(polygon, {}, &Point::x);
    const auto [top, bottom] = std::ranges::minmax(polygon, {}, &Point::y);
    return {left.x, top.y, right.x - left.x, bottom.y - top.y};
}

void add_polygon(const Image& rgb, const Polygon& polygon, ColourSum& sum) {
    const auto range = inside(rgb, bounds(polygon));
    for (int y = range.y0; y < range.y1; ++y) {
        for (int x = range.x0; x < range.x1; ++x) {
            if (contains(polygon, static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F))
                sum.add(rgb.at(x, y));
        }
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
    double sum = 0;
    double squares = 0;
    for (int y = 1; y + 1 < grey.height(); ++y) {
        for (int x = 1; x + 1 < grey.width(); ++x) {
            const double value = *grey.at(x - 1, y) + *grey.at(x + 1, y) + *grey.at(x, y - 1) +
                                 *grey.at(x, y + 1) - 4.0 * *grey.at(x, y);
            sum += value;
            squares += value * value;
        }
    }
    const double count = std::max(1.0, static_cast<double>(grey.width() - 2) * (grey.height() - 2));
    return static_cast<float>(squares / count - (sum / count) * (sum / count));
}

float mean_luma(const Image& rgb, const Box& region) {
    const auto range = inside(rgb, region);
    ColourSum sum;
    for (int y = range.y0; y < range.y1; ++y) {
        for (int x = range.x0; x < range.x1; ++x)
            sum.add(rgb.at(x, y));
    }
    const Rgb mean = sum.mean();
    return 0.299F * mean.r + 0.587F * mean.g + 0.114F * mean.b;
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
    const Box avoid{face.x - face.width / 3, face.y - face.height / 3, face.width * 5 / 3,
                    face.height * 5 / 3};
    const int lowest = std::clamp(static_cast<int>(face.y + face.height), border, rgb.height());
    ColourSum sum;
    for (int y = 0; y < lowest; ++y) {
        for (int x = 0; x < rgb.width(); ++x) {
            const bool in_border = y < border || x < border || x >= rgb.width() - border;
            const auto fx = static_cast<float>(x);
            const auto fy = static_cast<float>(y);
            const bool near_face = fx >= avoid.x && fx < avoid.x + avoid.width && fy >= avoid.y;
            if (in_border && !near_face) sum.add(rgb.at(x, y));
        }
    }
    return sum.mean();
}

std::uint64_t difference_hash(const Image& rgb) {
    const Box all{0, 0, static_cast<float>(rgb.width()), static_cast<float>(rgb.height())};
    const Image small = to_grey(crop_resized(rgb, all, 9, 8));
    std::uint64_t hash = 0;
    for (int y = 0; y < 8; ++y) {
        for (int x = 0; x < 8; ++x)
            hash = hash << 1U | (*small.at(x, y) < *small.at(x + 1, y) ? 1U : 0U);
    }
    return hash;
}

}  // namespace countersign::face
