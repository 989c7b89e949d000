#pragma once

#include "image.hpp"
#include "program.hpp"

namespace countersign::facetrack {

constexpr int kMaxDetections = 16;
constexpr int kKeyPoints = 6;

struct Point {
    float x;
    float y;
};

/// One face, in pixels of the picture. Key points: right eye, left eye, nose, mouth, right ear, left ear,
/// named from the subject's side. The layout is part of the interface to JavaScript.
struct Detection {
    float score;
    float x;
    float y;
    float width;
    float height;
    Point key_points[kKeyPoints];
};
static_assert(sizeof(Detection) == 17 * sizeof(float));

/// True if the network has the input and outputs of BlazeFace short range.
bool is_detector(const Network& network);

/// Finds faces with a score above 0.5, best first, and returns how many were written (at most
/// kMaxDetections).
///
/// The whole picture is shrunk into the network's square, with black bars. Overlapping candidates (IoU > 0.3)
/// are merged into their weighted mean, which keeps the box steady from frame to frame.
int detect_faces(const Network& network, const Image& image, Detection* detections);

}  // namespace countersign::facetrack
