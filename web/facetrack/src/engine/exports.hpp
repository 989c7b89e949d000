#pragma once

#include <stdint.h>

// The whole interface of the engine, for WebAssembly and for a native program alike. One thread; the buffers
// are static, so a result is valid until the next call.
#define FACETRACK_EXPORT extern "C" __attribute__((visibility("default")))

/// Where the caller writes the RGBA picture, and before that the payload of a model, and how much fits.
FACETRACK_EXPORT uint8_t* ft_image();
FACETRACK_EXPORT int32_t ft_image_bytes();

/// 16 detections of 17 floats (detector.hpp). `ft_mesh` reads the face it is to fit from the first.
FACETRACK_EXPORT float* ft_detections();

/// 468 × (x, y, z) floats written by `ft_mesh`.
FACETRACK_EXPORT float* ft_mesh_points();

/// Takes the payload in `ft_image` as model 0 (detector) or 1 (mesh). 0 or a LoadStatus (program.hpp).
FACETRACK_EXPORT int32_t ft_load(int32_t model, int32_t bytes);

/// Number of faces in the picture, or −1 if there is no detector or the size is impossible.
FACETRACK_EXPORT int32_t ft_detect(int32_t width, int32_t height);

/// Probability of a face in the crop, or −1 if there is no mesh model or the size is impossible.
FACETRACK_EXPORT float ft_mesh(int32_t width, int32_t height);
