#pragma once

#include <cmath>

#include "face/api/types.hpp"

// For tests of this module only.

namespace countersign::face {

/// A coarse head in eye distances: x to the right of the image, y down, z towards the camera.
struct HeadModel {
    std::array<std::array<float, 3>, 68> points{};

    HeadModel() {
        const auto eye = [&](std::size_t first, float cx) {
            const std::array<std::array<float, 2>, 6> ring{{{-0.22F, 0},
                                                            {-0.08F, -0.07F},
                                                            {0.08F, -0.07F},
                                                            {0.22F, 0},
                                                            {0.08F, 0.07F},
                                                            {-0.08F, 0.07F}}};
            for (std::size_t i = 0; i < 6; ++i)
                points[first + i] = {cx + ring[i][0], ring[i][1], 0};
        };
        eye(36, -0.5F);
        eye(42, 0.5F);
        points[27] = {0, 0, 0.15F};
        points[28] = {0, 0.17F, 0.25F};
        points[29] = {0, 0.34F, 0.35F};
        points[30] = {0, 0.5F, 0.45F};
        points[33] = {0, 0.62F, 0.25F};
        points[48] = {-0.42F, 1.05F, 0.05F};
        points[54] = {0.42F, 1.05F, 0.05F};
    }
};

/// How a head is held in front of the camera.
struct Stance {
    float yaw_degrees{0};  // positive: the nose goes to the right of the image
    float distance{8};     // eye distances from the camera, about 50 cm
    float eyes_open{1};    // 0 … 1
    float relief{1};       // 0 is a flat picture
};

/// Where the points lie in a picture of 640×480.
inline FaceShape seen(const Stance& stance) {
    static const HeadModel head;
    const float angle = stance.yaw_degrees * 3.14159265F / 180;
    FaceShape out;
    for (std::size_t i = 0; i < out.size(); ++i) {
        auto [x, y, z] = head.points[i];
        if (i >= 36 && i <= 47) y *= stance.eyes_open;
        z *= stance.relief;
        const float turned_x = x * std::cos(angle) + z * std::sin(angle);
        const float turned_z = z * std::cos(angle) - x * std::sin(angle);
        const float scale = 800 / (stance.distance - turned_z);
        out[i] = {320 + turned_x * scale, 200 + y * scale};
    }
    return out;
}

}  // namespace countersign::face
