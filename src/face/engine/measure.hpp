#pragma once

#include "face/codec/image.hpp"
#include "face/engine/landmarks.hpp"

namespace countersign::face {

/// Variance of the 4-neighbour Laplacian of the grey picture, grey levels².
float sharpness(const Image& rgb);

/// Mean luma (BT.601) of a region, 0…255; 0 when it lies outside the picture.
float mean_luma(const Image& rgb, const Box& region);

/// Head pose without a model, from five points: see Quality for units and signs.
struct PoseRatios {
    float yaw{0};
    float pitch{0};
    float roll_degrees{0};
    float inter_eye_px{0};
};
PoseRatios pose_ratios(const std::array<Point, 5>& landmarks);

/// Mean colour of both cheeks and the forehead: skin that reflects the screen and moves little when talking.
Rgb skin_colour(const Image& rgb, const Landmarks68& points);

/// Mean colour of the picture's outer border away from the face, hair and shoulders.
Rgb background_colour(const Image& rgb, const Box& face);

/// 64-bit difference hash: equal or nearly equal for repeated frames.
std::uint64_t difference_hash(const Image& rgb);

}  // namespace countersign::face
