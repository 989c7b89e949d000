#pragma once

#include <array>
#include <span>

#include "face/api/types.hpp"
#include "face/codec/image.hpp"

namespace countersign::face {

/// Cuts `region` out of the picture and scales it to width × height. Shrinking averages the covered area,
/// growing is bilinear; what lies outside the picture repeats its edge. Works for any number of channels.
Image crop_resized(const Image& picture, const Box& region, int width, int height);

/// The whole picture, shrunk: by halves while it is twice as large or more, then as `crop_resized`.
Image shrunk(const Image& picture, int width, int height);

/// As `crop_resized`, but always bilinear between four pixels (the PAD net was trained on such crops:
/// averaging removes the fine texture that it looks for).
Image crop_bilinear(const Image& picture, const Box& region, int width, int height);

/// Luma by BT.601, one channel.
Image to_grey(const Image& rgb);

/// Left and right swapped; three channels.
Image mirror(const Image& rgb);

/// A rotation with uniform scale and shift: (x, y) → (a·x − b·y + tx, b·x + a·y + ty).
struct Similarity {
    float a{1};
    float b{0};
    float tx{0};
    float ty{0};
    Point apply(const Point& p) const { return {a * p.x - b * p.y + tx, b * p.x + a * p.y + ty}; }
    float scale() const;
    Similarity inverse() const;
};

/// Least-squares similarity without reflection (Umeyama 1991; in the plane it is a division of complex
/// numbers). As many points in `from` as in `to`.
Similarity fit_similarity(std::span<const Point> from, std::span<const Point> to);

/// Where the five landmarks of a face lie in the 112×112 input of the embedding net.
std::span<const Point, 5> alignment_template();

/// Warps the picture so that `points` fall onto `places` of a square of `side` pixels, black outside the
/// picture. A face more than twice as large is shrunk by area first, or bilinear sampling would skip pixels.
Image cut_face(const Image& picture, std::span<const Point> points, std::span<const Point> places, int side);

/// `cut_face` onto the template; 112×112.
Image align_face(const Image& picture, std::span<const Point, 5> landmarks);

}  // namespace countersign::face
