#include "face/engine/imaging.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "face/engine/tensor.hpp"
#include "tests/support/pictures.hpp"

namespace countersign::face {
namespace {

using testing::ramp;
using testing::uniform;

Image grey_of(int width, int height, std::initializer_list<std::uint8_t> values) {
    Image image(width, height, 1);
    std::ranges::copy(values, image.pixels().begin());
    return image;
}

Box whole(const Image& image) {
    return {0, 0, static_cast<float>(image.width()), static_cast<float>(image.height())};
}

TEST(CropResized, AveragesTheCoveredAreaWhenShrinking) {
    const Image image = grey_of(4, 2, {0, 100, 200, 200, 100, 200, 0, 40});

    const Image half = crop_resized(image, whole(image), 2, 1);

    EXPECT_EQ(*half.at(0, 0), 100);
    EXPECT_EQ(*half.at(1, 0), 110);
}

TEST(CropResized, WeighsPartlyCoveredPixels) {
    const Image image = grey_of(3, 1, {0, 90, 180});

    const Image two = crop_resized(image, whole(image), 2, 1);

    EXPECT_EQ(*two.at(0, 0), 30);   // (0 + 90/2) ÷ 1.5
    EXPECT_EQ(*two.at(1, 0), 150);  // (90/2 + 180) ÷ 1.5
}

TEST(CropResized, IsBilinearAboutPixelCentresWhenGrowing) {
    const Image image = grey_of(2, 1, {0, 100});

    const Image four = crop_resized(image, whole(image), 4, 1);

    EXPECT_EQ(*four.at(0, 0), 0);
    EXPECT_EQ(*four.at(1, 0), 25);
    EXPECT_EQ(*four.at(2, 0), 75);
    EXPECT_EQ(*four.at(3, 0), 100);
}

TEST(CropResized, RepeatsTheEdgeOutsideThePicture) {
    const Image image = uniform(8, 8, 77);

    const Image crop = crop_resized(image, {-20, -20, 48, 48}, 5, 5);

    EXPECT_TRUE(std::ranges::all_of(crop.pixels(), [](int value) { return value == 77; }));
}

TEST(CropBilinear, SkipsPixelsWhenShrinking) {
    const Image image = grey_of(4, 1, {10, 20, 30, 200});

    EXPECT_EQ(*crop_bilinear(image, whole(image), 1, 1).at(0, 0), 25) << "between the two middle pixels only";
}

TEST(ToGrey, WeighsBySensitivity) {
    Image image(3, 1, 3);
    image.at(0, 0)[0] = image.at(1, 0)[1] = image.at(2, 0)[2] = 255;

    const Image grey = to_grey(image);

    EXPECT_EQ(*grey.at(0, 0), 76);
    EXPECT_EQ(*grey.at(1, 0), 150);
    EXPECT_EQ(*grey.at(2, 0), 29);
}

TEST(FitSimilarity, FindsTurnScaleAndShift) {
    const std::array<Point, 5> from{{{0, 0}, {10, 0}, {5, 5}, {1, 9}, {9, 9}}};
    const Similarity truth{1.2F, 0.7F, -30, 12};
    std::array<Point, 5> to;
    std::ranges::transform(from, to.begin(), [&](const Point& p) { return truth.apply(p); });

    const Similarity found = fit_similarity(from, to);

    EXPECT_NEAR(found.a, truth.a, 1e-4);
    EXPECT_NEAR(found.b, truth.b, 1e-4);
    EXPECT_NEAR(found.tx, truth.tx, 1e-3);
    EXPECT_NEAR(found.ty, truth.ty, 1e-3);
    const Point back = found.inverse().apply(found.apply({3, 4}));
    EXPECT_NEAR(back.x, 3, 1e-3);
    EXPECT_NEAR(back.y, 4, 1e-3);
}

TEST(FitSimilarity, NeverMirrors) {
    const std::array<Point, 5> from{{{0, 0}, {10, 0}, {5, 5}, {1, 9}, {9, 9}}};
    std::array<Point, 5> mirrored;
    std::ranges::transform(from, mirrored.begin(), [](const Point& p) { return Point{-p.x, p.y}; });

    const Similarity found = fit_similarity(from, mirrored);

    const Point moved = found.apply(from[0]);
    EXPECT_GT(std::hypot(moved.x - mirrored[0].x, moved.y - mirrored[0].y), 1.0F)
        << "a reflection cannot be fitted";
}

TEST(FitSimilarity, SurvivesPointsThatCoincide) {
    const std::array<Point, 5> same{};
    EXPECT_EQ(fit_similarity(same, alignment_template()).scale(), 1.0F);
}

TEST(AlignFace, CopiesAPictureThatIsAlignedAlready) {
    const Image image = ramp(112, 112);

    const Image aligned = align_face(image, alignment_template());

    EXPECT_TRUE(std::ranges::equal(aligned.pixels(), image.pixels(),
                                   [](int a, int b) { return std::abs(a - b) <= 1; }));
}

/// Landmarks of a face that is the template moved by a similarity into a larger picture.
std::array<Point, 5> placed(const Similarity& where) {
    std::array<Point, 5> points;
    std::ranges::transform(alignment_template(), points.begin(),
                           [&](const Point& p) { return where.apply(p); });
    return points;
}

TEST(AlignFace, BringsATurnedAndLargeFaceBackToTheTemplate) {
    const Image image = ramp(800, 800);
    for (const Similarity& where : {Similarity{1, 0.3F, 200, 100}, Similarity{5, 0, 40, 30}}) {
        const auto points = placed(where);

        const Image aligned = align_face(image, points);

        const Point centre = where.apply({56, 56});
        EXPECT_NEAR(aligned.at(56, 56)[0], centre.x * 255 / 800, 2);
        EXPECT_NEAR(aligned.at(56, 56)[1], centre.y * 255 / 800, 2);
    }
}

TEST(AlignFace, IsBlackOutsideThePicture) {
    const Image image = uniform(40, 40, 200);

    const Image aligned = align_face(image, placed({1, 0, -60, -60}));

    EXPECT_EQ(aligned.at(5, 5)[0], 0);
    EXPECT_EQ(aligned.at(80, 80)[0], 200);
}

TEST(ToTensor, SplitsPlanesInTheOrderOfTheNet) {
    Image image(2, 1, 3);
    std::ranges::copy(std::initializer_list<std::uint8_t>{10, 20, 30, 40, 50, 60}, image.pixels().begin());

    const Tensor rgb = to_tensor(image, {2, 1, ChannelOrder::rgb, 10, 10});
    const Tensor bgr = to_tensor(image, {2, 1, ChannelOrder::bgr, 0, 1});

    EXPECT_TRUE(std::ranges::equal(rgb.values(), std::vector<float>{0, 3, 1, 4, 2, 5}));
    EXPECT_TRUE(std::ranges::equal(bgr.values(), std::vector<float>{30, 60, 20, 50, 10, 40}));
}

}  // namespace
}  // namespace countersign::face
