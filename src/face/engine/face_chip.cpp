#include "face/engine/face_chip.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "face/engine/imaging.hpp"

namespace countersign::face {
namespace {

constexpr int kChipSide = 150;
constexpr float kPadding = 0.25F;

/// Where a point lies on the mean face, whose width is 1. Jaw, brows and lower lip move too much to count.
struct MeanPlace {
    std::size_t point{0};  // of the 68
    Point place;
};

/// Source: the face chips of dlib 19.24, dlib/image_transforms/interpolation.h: the net was trained on them.
constexpr std::array<MeanPlace, 33> kMeanFace{{
    {27, {0.490127F, 0.203352F}}, {28, {0.490127F, 0.307009F}}, {29, {0.490127F, 0.409805F}},
    {30, {0.490127F, 0.515625F}}, {31, {0.36688F, 0.587326F}},  {32, {0.426036F, 0.609345F}},
    {33, {0.490127F, 0.628106F}}, {34, {0.554217F, 0.609345F}}, {35, {0.613373F, 0.587326F}},
    {36, {0.121737F, 0.216423F}}, {37, {0.187122F, 0.178758F}}, {38, {0.265825F, 0.179852F}},
    {39, {0.334606F, 0.231733F}}, {40, {0.260918F, 0.245099F}}, {41, {0.182743F, 0.244077F}},
    {42, {0.645647F, 0.231733F}}, {43, {0.714428F, 0.179852F}}, {44, {0.793132F, 0.178758F}},
    {45, {0.858516F, 0.216423F}}, {46, {0.79751F, 0.244077F}},  {47, {0.719335F, 0.245099F}},
    {48, {0.254149F, 0.780233F}}, {49, {0.340985F, 0.745405F}}, {50, {0.428858F, 0.727388F}},
    {51, {0.490127F, 0.742578F}}, {52, {0.551395F, 0.727388F}}, {53, {0.639268F, 0.745405F}},
    {54, {0.726104F, 0.780233F}}, {60, {0.290379F, 0.784792F}}, {61, {0.428096F, 0.778746F}},
    {62, {0.490127F, 0.785343F}}, {63, {0.552157F, 0.778746F}}, {64, {0.689874F, 0.784792F}},
}};

std::vector<Point> chip_places() {
    std::vector<Point> places;
    for (const auto& mean : kMeanFace) {
        const auto scaled = [](float value) { return (kPadding + value) / (2 * kPadding + 1) * kChipSide; };
        places.push_back({scaled(mean.place.x), scaled(mean.place.y)});
    }
    return places;
}

}  // namespace

Image cut_chip(const Image& picture, const FaceShape& shape) {
    static const std::vector<Point> kPlaces = chip_places();
    std::array<Point, kMeanFace.size()> points;
    std::ranges::transform(kMeanFace, points.begin(),
                           [&](const MeanPlace& mean) { return shape[mean.point]; });
    return cut_face(picture, points, kPlaces, kChipSide);
}

}  // namespace countersign::face
