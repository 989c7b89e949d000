#pragma once

#include "face/api/types.hpp"
#include "face/codec/image.hpp"

namespace countersign::face {

/// A face as dlib's face net reads it: 150×150 RGB, nose, eyes and upper lip on their mean places, with a
/// quarter of the face's width around them. Black outside the picture.
Image cut_chip(const Image& picture, const FaceShape& shape);

}  // namespace countersign::face
