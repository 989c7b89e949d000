#include "face/liveness/imprint.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/fakes.hpp"

namespace countersign::face {
namespace {

constexpr std::size_t kAlignedBytes = std::size_t{112} * 112 * 3;

/// A picture of blotches: neighbouring blocks differ, as in a face.
Bytes blotches(std::uint64_t seed) {
    testing::FakeRandom random(seed);
    const auto tones = random.bytes(256);
    Bytes out(kAlignedBytes);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const std::size_t pixel = i / 3;
        out[i] = static_cast<std::uint8_t>(60 + tones[(pixel / 112 / 7) * 16 + pixel % 112 / 7] / 4);
    }
    return out;
}

Bytes brightened(Bytes picture, int by) {
    for (auto& value : picture)
        value = static_cast<std::uint8_t>(value + by);
    return picture;
}

/// 68 places in pixels, `scale` times as large and moved by `shift`.
FaceShape shape(float scale = 1, float shift = 0, float mouth = 0) {
    FaceShape out{};
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto n = static_cast<float>(i);
        out[i] = {shift + scale * (n * 7 - 20 * (n / 10)), shift + scale * (n + (i >= 48 ? mouth : 0))};
    }
    return out;
}

Bytes mirrored(const Bytes& picture) {
    Bytes out(picture.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
        const std::size_t pixel = i / 3;
        out[i] = picture[(pixel / 112 * 112 + 111 - pixel % 112) * 3 + i % 3];
    }
    return out;
}

/// Each point at the place of its counterpart, in a picture 1 000 pixels wide.
FaceShape mirrored(const FaceShape& face) {
    // First and last of each run of points; a run is mirrored in itself, or with the other of its pair.
    constexpr std::array<std::array<std::size_t, 3>, 11> kRuns{{{0, 16, 16},
                                                                {17, 26, 43},
                                                                {27, 30, 0},
                                                                {31, 35, 66},
                                                                {36, 39, 81},
                                                                {40, 41, 87},
                                                                {42, 45, 81},
                                                                {46, 47, 87},
                                                                {48, 54, 102},
                                                                {55, 59, 114},
                                                                {60, 64, 124}}};
    FaceShape out{};
    const auto put = [&](std::size_t to, std::size_t from) { out[to] = {1000 - face[from].x, face[from].y}; };
    for (const auto& [first, last, sum] : kRuns) {
        for (std::size_t i = first; i <= last; ++i)
            put(i, sum == 0 ? i : sum - i);
    }
    for (std::size_t i = 65; i <= 67; ++i)
        put(i, 132 - i);
    return out;
}

constexpr double kReencoded = 0.99;  // cosine of the templates of one picture in two encodings

TEST(Imprint, KnowsAPictureAgainInAnotherSizeAndLight) {
    const auto first = look_of_picture(blotches(1), shape());
    const auto again = look_of_picture(brightened(blotches(1), 40), shape(1.5F, 90));

    EXPECT_GE(likeness(first.view(), again.view(), kReencoded), 0);
    EXPECT_GE(likeness(first.view(), first.view(), 1.0000001), 0) << "rounding of a cosine";
}

TEST(Imprint, KnowsAMirroredPictureAgain) {
    const auto first = look_of_picture(blotches(1), shape());
    const auto again = look_of_picture(mirrored(blotches(1)), mirrored(shape()));

    EXPECT_GE(likeness(first.view(), again.view(), kReencoded), 0);
    EXPECT_LT(likeness(first.view(), look_of_picture(blotches(1), mirrored(shape())).view(), kReencoded),
              likeness(first.view(), again.view(), kReencoded) - 3)
        << "places mirrored, the picture not";
}

TEST(Imprint, TellsAnotherFaceAndAnotherExpressionApart) {
    const auto first = look_of_picture(blotches(1), shape());
    const auto spoken = look_of_picture(blotches(1), shape(1, 0, 12));

    EXPECT_LT(likeness(first.view(), look_of_picture(blotches(2), shape()).view(), 0.96), 0);
    EXPECT_LT(likeness(first.view(), spoken.view(), 0.97), 0) << "the mouth opened by 12 pixels";
}

TEST(Imprint, NoLookMakesUpForOtherTemplates) {
    const auto first = look_of_picture(blotches(1), shape());

    EXPECT_LT(likeness(first.view(), first.view(), 0.93), 0);
    EXPECT_EQ(likeness(first.view(), first.view(), std::nan("")), kNotAlike);
}

TEST(Imprint, IsCertainOnlyWellBeyondTheBound) {
    EXPECT_EQ(judge_likeness(-0.01), SamePicture::no);
    EXPECT_EQ(judge_likeness(0), SamePicture::likely);
    EXPECT_EQ(judge_likeness(3.9), SamePicture::likely);
    EXPECT_EQ(judge_likeness(5), SamePicture::certain);
}

TEST(Imprint, KnowsNothingInBytesOfAnotherKind) {
    const auto first = look_of_picture(blotches(1), shape());

    EXPECT_EQ(likeness(first.view(), ByteView(first.view()).first(100), 1), kNotAlike);
    EXPECT_EQ(likeness({}, {}, 1), kNotAlike);
}

}  // namespace
}  // namespace countersign::face
