#pragma once

#include <algorithm>
#include <array>
#include <cmath>

#include "face/engine/imaging.hpp"
#include "tests/support/pictures.hpp"

namespace countersign::testing {

using face::Box;
using face::Image;

/// A box and a size to cut a picture to.
inline Image cut(const Image& picture, Box region, int width, int height) {
    return face::crop_resized(picture, region, width, height);
}

inline Image scaled_brightness(const Image& picture, float factor) {
    Image out(picture.width(), picture.height(), 3);
    std::ranges::transform(picture.pixels(), out.pixels().begin(), [&](int value) {
        return static_cast<std::uint8_t>(std::min(255.0F, static_cast<float>(value) * factor));
    });
    return out;
}

inline Image mirrored(const Image& picture) {
    Image out(picture.width(), picture.height(), 3);
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x)
            std::copy_n(picture.at(picture.width() - 1 - x, y), 3, out.at(x, y));
    }
    return out;
}

/// Turned about the centre; the corners become grey.
inline Image turned(const Image& picture, float degrees) {
    const float angle = degrees * 3.14159265F / 180;
    Image out = uniform(picture.width(), picture.height(), 128);
    const float cx = static_cast<float>(picture.width()) / 2;
    const float cy = static_cast<float>(picture.height()) / 2;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            const float dx = static_cast<float>(x) - cx;
            const float dy = static_cast<float>(y) - cy;
            const int sx = static_cast<int>(std::lround(cx + std::cos(angle) * dx + std::sin(angle) * dy));
            const int sy = static_cast<int>(std::lround(cy - std::sin(angle) * dx + std::cos(angle) * dy));
            if (sx < 0 || sy < 0 || sx >= picture.width() || sy >= picture.height()) continue;
            std::copy_n(picture.at(sx, sy), 3, out.at(x, y));
        }
    }
    return out;
}

/// Two pictures beside each other, each half as wide as the result.
inline Image beside(const Image& left, const Image& right, int width, int height) {
    Image out(width, height, 3);
    const std::array halves{
        cut(left,
            {static_cast<float>(left.width()) / 6, 0, static_cast<float>(left.width()) * 2 / 3,
             static_cast<float>(left.height())},
            width / 2, height),
        cut(right,
            {static_cast<float>(right.width()) / 6, 0, static_cast<float>(right.width()) * 2 / 3,
             static_cast<float>(right.height())},
            width / 2, height)};
    for (int y = 0; y < height; ++y) {
        for (int side = 0; side < 2; ++side)
            std::copy_n(halves[static_cast<std::size_t>(side)].at(0, y), width / 2 * 3,
                        out.at(side * (width / 2), y));
    }
    return out;
}

/// A face on a small, bluish screen with a white edge in an otherwise plain scene.
inline Image shown_on_a_screen(const Image& frame, int offset) {
    constexpr int kWidth = 150;
    constexpr int kHeight = 165;
    constexpr int kEdge = 20;
    Image scene = uniform(640, 480, 70);
    const Image screen = cut(frame, {120, 20, 400, 440}, kWidth, kHeight);
    const int left = (640 - kWidth) / 2 + offset;
    const int top = (480 - kHeight) / 2;
    for (int y = -kEdge; y < kHeight + kEdge; ++y) {
        std::fill_n(scene.at(left - kEdge, top + y), (kWidth + 2 * kEdge) * 3, std::uint8_t{235});
    }
    for (int y = 0; y < kHeight; ++y) {
        for (int x = 0; x < kWidth; ++x) {
            const std::uint8_t* from = screen.at(x, y);
            std::uint8_t* to = scene.at(left + x, top + y);
            to[0] = static_cast<std::uint8_t>(from[0] * 7 / 10);
            to[1] = static_cast<std::uint8_t>(from[1] * 7 / 10);
            to[2] = static_cast<std::uint8_t>(std::min(255, from[2] * 13 / 10 + 40));
        }
    }
    return scene;
}

}  // namespace countersign::testing
