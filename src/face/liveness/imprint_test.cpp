#include "face/liveness/imprint.hpp"

#include <gtest/gtest.h>

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

TEST(Imprint, KnowsAPictureAgainInAnotherSizeAndLight) {
    const auto first = look_of_picture(blotches(1), shape());
    const auto again = look_of_picture(brightened(blotches(1), 40), shape(1.5F, 90));

    EXPECT_TRUE(looks_like_one_picture(first.view(), again.view()));
}

TEST(Imprint, TellsAnotherFaceAndAnotherExpressionApart) {
    const auto first = look_of_picture(blotches(1), shape());

    EXPECT_FALSE(looks_like_one_picture(first.view(), look_of_picture(blotches(2), shape()).view()));
    EXPECT_FALSE(looks_like_one_picture(first.view(), look_of_picture(blotches(1), shape(1, 0, 12)).view()))
        << "the mouth opened by 12 pixels";
}

TEST(Imprint, KnowsNothingInAPictureWithoutDetailOrInBytesOfAnotherKind) {
    const auto plain = look_of_picture(Bytes(kAlignedBytes, 128), FaceShape{});
    const auto first = look_of_picture(blotches(1), shape());

    EXPECT_FALSE(looks_like_one_picture(plain.view(), plain.view()));
    EXPECT_FALSE(looks_like_one_picture(first.view(), ByteView(first.view()).first(100)));
    EXPECT_FALSE(looks_like_one_picture({}, {}));
}

}  // namespace
}  // namespace countersign::face
