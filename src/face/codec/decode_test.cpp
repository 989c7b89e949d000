#include "face/codec/decode.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/support/fakes.hpp"
#include "tests/support/pictures.hpp"

namespace countersign::face {
namespace {

using testing::FakeRandom;
using testing::ramp;
using testing::to_jpeg;
using testing::to_webp;

double mean_difference(const Image& a, const Image& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.pixels().size(); ++i)
        sum += std::abs(a.pixels()[i] - b.pixels()[i]);
    return sum / static_cast<double>(a.pixels().size());
}

/// Position of the frame header's height field (marker C0 or C2, length, precision, then height and width).
std::size_t find_jpeg_height(const Bytes& jpeg) {
    for (std::size_t i = 2; i + 1 < jpeg.size();) {
        const int marker = jpeg[i + 1];
        if (marker == 0xC0 || marker == 0xC2) return i + 5;
        i += 2 + static_cast<std::size_t>(jpeg[i + 2] * 256 + jpeg[i + 3]);
    }
    ADD_FAILURE() << "no frame header";
    return 0;
}

Bytes with_jpeg_size(Bytes jpeg, int width, int height) {
    const auto at = find_jpeg_height(jpeg);
    jpeg[at] = static_cast<std::uint8_t>(height >> 8);
    jpeg[at + 1] = static_cast<std::uint8_t>(height & 255);
    jpeg[at + 2] = static_cast<std::uint8_t>(width >> 8);
    jpeg[at + 3] = static_cast<std::uint8_t>(width & 255);
    return jpeg;
}

/// Adds an APP1 segment that says "rotate by 90 degrees" and carries a recognisable text.
Bytes with_exif(const Bytes& jpeg) {
    const std::string tiff = std::string("II*\0\x08\0\0\0", 8) +
                             std::string("\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0", 14) +
                             std::string("\0\0\0\0", 4) + "GPS 51.5N";
    const std::string body = std::string("Exif\0\0", 6) + tiff;
    Bytes out(jpeg.begin(), jpeg.begin() + 2);
    out.insert(out.end(), {0xFF, 0xE1, 0, static_cast<std::uint8_t>(body.size() + 2)});
    out.insert(out.end(), body.begin(), body.end());
    out.insert(out.end(), jpeg.begin() + 2, jpeg.end());
    return out;
}

TEST(Decode, ReadsJpegAndWebpToTheSamePicture) {
    const Image original = ramp(64, 48);

    for (const auto& encoded : {to_jpeg(original), to_webp(original)}) {
        const auto decoded = decode(encoded);

        ASSERT_TRUE(decoded.has_value()) << decoded.error().detail;
        EXPECT_EQ(decoded->width(), 64);
        EXPECT_EQ(decoded->height(), 48);
        EXPECT_LT(mean_difference(original, *decoded), 4.0);
    }
}

TEST(Decode, TurnsAGreyJpegIntoRgb) {
    const Image grey = testing::uniform(16, 16, 90);

    const auto decoded = decode(to_jpeg(grey));

    ASSERT_TRUE(decoded.has_value());
    EXPECT_EQ(decoded->channels(), 3);
    EXPECT_NEAR(decoded->at(8, 8)[0], 90, 2);
}

TEST(Decode, GoesByMagicAndRefusesEverythingElse) {
    for (const char* text :
         {"", "\xFF\xD8", "GIF89a.............", "\x89PNG\r\n\x1A\n......", "RIFF....WAVE....", "<svg/>"}) {
        const auto decoded = decode(as_bytes(text));
        ASSERT_FALSE(decoded.has_value());
        EXPECT_EQ(decoded.error().code, ErrorCode::unsupported_media) << text;
    }
}

TEST(Decode, RefusesAFileOfMoreThanTwoMegabytesBeforeReadingIt) {
    Bytes large = to_jpeg(ramp(16, 16));
    large.resize(kMaxEncodedBytes + 1);

    EXPECT_EQ(decode(large).error().code, ErrorCode::payload_too_large);
}

TEST(Decode, RefusesAPixelBombByItsHeader) {
    const Bytes jpeg = with_jpeg_size(to_jpeg(ramp(16, 16)), 65500, 65500);
    EXPECT_EQ(read_size(jpeg).error().code, ErrorCode::payload_too_large);
    EXPECT_EQ(decode(jpeg).error().code, ErrorCode::payload_too_large);

    Bytes webp = to_webp(ramp(16, 16));  // lossy: sizes are 14 bits each at byte 26
    webp[26] = webp[28] = 0xFF;
    webp[27] = webp[29] = 0x3F;
    EXPECT_EQ(decode(webp).error().code, ErrorCode::payload_too_large);
}

TEST(Decode, AllowsExactlyTheLimitOfPixels) {
    const Bytes inside = with_jpeg_size(to_jpeg(ramp(16, 16)), 2048, 2048);
    const Bytes outside = with_jpeg_size(to_jpeg(ramp(16, 16)), 2048, 2049);

    ASSERT_TRUE(read_size(inside).has_value());
    EXPECT_EQ(read_size(inside)->rgb_bytes(), kMaxDecodedBytes);
    EXPECT_EQ(read_size(outside).error().code, ErrorCode::payload_too_large);
}

TEST(Decode, RefusesATruncatedPicture) {
    for (auto encoded : {to_jpeg(ramp(64, 64)), to_webp(ramp(64, 64))}) {
        encoded.resize(encoded.size() * 2 / 3);
        const auto decoded = decode(encoded);
        ASSERT_FALSE(decoded.has_value()) << "half a face must not be measured";
        EXPECT_EQ(decoded.error().code, ErrorCode::invalid_argument);
    }
}

TEST(Decode, IgnoresExif) {
    const Bytes plain = to_jpeg(ramp(64, 32));

    const auto decoded = decode(with_exif(plain));

    ASSERT_TRUE(decoded.has_value()) << decoded.error().detail;
    EXPECT_EQ(decoded->width(), 64) << "an orientation tag must not turn the picture";
    EXPECT_TRUE(std::ranges::equal(decoded->pixels(), decode(plain)->pixels()));
}

TEST(Decode, RefusesAnAnimation) {
    Bytes animated;
    for (const char part : std::string("RIFF\x1A\0\0\0WEBPVP8X\x0A\0\0\0\x02\0\0\0\x0F\0\0\x0F\0\0", 30)) {
        animated.push_back(static_cast<std::uint8_t>(part));
    }
    EXPECT_EQ(decode(animated).error().code, ErrorCode::invalid_argument);
}

TEST(Decode, RefusesATooSmallBuffer) {
    const Bytes jpeg = to_jpeg(ramp(32, 32));
    Bytes pixels(32 * 32 * 3 - 1);

    EXPECT_EQ(decode_into(jpeg, pixels).error().code, ErrorCode::invalid_argument);
}

TEST(Decode, SurvivesAnyDamage) {
    FakeRandom random(7);
    int decoded_anyway = 0;
    for (int round = 0; round < 400; ++round) {
        Bytes encoded = round % 2 == 0 ? to_jpeg(ramp(40, 30)) : to_webp(ramp(40, 30));
        for (int i = 0; i < 8; ++i) {
            encoded[random.below(static_cast<std::uint32_t>(encoded.size()))] = random.bytes(1)[0];
        }
        const auto result = decode(encoded);
        if (result) {
            ++decoded_anyway;
            EXPECT_LE(result->pixels().size(), kMaxDecodedBytes);
        } else {
            EXPECT_NE(result.error().code, ErrorCode::internal);
        }
    }
    EXPECT_LT(decoded_anyway, 400) << "damage must be noticed at least sometimes";
}

}  // namespace
}  // namespace countersign::face
