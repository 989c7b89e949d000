#pragma once

#include "detector.hpp"

namespace countersign::facetrack {

constexpr int kMeshPoints = 468;

/// True if the network has the input and outputs of the face mesh.
bool is_mesh(const Network& network);

/// Fits the mesh to one detected face and returns the probability that the crop holds a face.
///
/// The crop is a square of 1.5 × the longer side of the box about its centre, turned until the eyes are
/// level. `points` receives kMeshPoints × (x, y, z) in pixels of the picture, z in the same scale. A box
/// without area gives probability 0 and leaves `points` alone.
float fit_mesh(const Network& network, const Image& image, const Detection& face, float* points);

}  // namespace countersign::facetrack
