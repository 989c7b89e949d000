#pragma once

#include <stdint.h>

namespace countersign::facetrack {

/// Largest picture, in pixels.
constexpr int kMaxPixels = 1280 * 1280;

/// RGBA, 8 bits each, rows without gaps.
struct Image {
    const uint8_t* pixels;
    int width;
    int height;
};

/// A square of the picture, possibly rotated and reaching beyond it. Pixels, continuous: the first pixel
/// covers 0 … 1. `cosine` and `sine` turn the square's own x axis clockwise as seen in the picture.
struct Square {
    float center_x;
    float center_y;
    float side;
    float cosine;
    float sine;
};

enum class Border { black, replicate };

/// Colour c of a picture enters the network as c · scale + offset.
struct Normalisation {
    float scale;
    float offset;
    Border border;
};

/// Samples the square into side × side × 3 floats, bilinearly; 2 × 2 samples per value when it shrinks the
/// picture by more than two, so that noise and fine patterns do not alias.
void sample_square(const Image& image, const Square& square, const Normalisation& normalisation, int side,
                   float* to);

}  // namespace countersign::facetrack
