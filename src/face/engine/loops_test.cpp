// Every version of a loop that this processor can run must give what the plain definition gives, to the last
// bit.
#include "face/engine/loops.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <string>
#include <vector>

namespace countersign::face::loops {
namespace {

std::vector<std::uint8_t> noise(std::size_t size) {
    std::mt19937 engine(11);
    std::vector<std::uint8_t> bytes(size);
    for (auto& byte : bytes)
        byte = static_cast<std::uint8_t>(engine());
    return bytes;
}

class Loops : public ::testing::TestWithParam<Version> {};

TEST_P(Loops, AddAWeightedRow) {
    const auto values = noise(77);
    std::vector<float> sums(77, 0.25F);

    GetParam().add_scaled(values.data(), 0.3F, sums.data(), sums.size());

    for (std::size_t i = 0; i < sums.size(); ++i) {
        const float product = 0.3F * static_cast<float>(values[i]);
        EXPECT_EQ(sums[i], 0.25F + product) << i;
    }
}

TEST_P(Loops, HalveRowsOfAnyLength) {
    for (const std::size_t pixels : {1U, 31U, 32U, 33U, 320U}) {
        const auto rows = noise(12 * pixels);
        const std::uint8_t* lower = rows.data() + 6 * pixels;
        std::vector<std::uint8_t> out(3 * pixels + 1);

        GetParam().halve(rows.data(), lower, out.data(), pixels);

        for (std::size_t i = 0; i < 3 * pixels; ++i) {
            const std::size_t from = i / 3 * 6 + i % 3;
            EXPECT_EQ(out[i], (rows[from] + rows[from + 3] + lower[from] + lower[from + 3] + 2) / 4)
                << i << " of " << pixels;
        }
    }
}

TEST_P(Loops, TotalColoursWithoutOverflow) {
    const std::vector<std::uint8_t> white(std::size_t{3} * 100'001, 255);
    const auto picture = noise(std::size_t{3} * 53);

    EXPECT_EQ(GetParam().total(white.data(), 100'001).g, 255U * 100'001U);
    ColourTotals expected;
    for (std::size_t i = 0; i < picture.size(); i += 3) {
        expected.r += picture[i];
        expected.g += picture[i + 1];
        expected.b += picture[i + 2];
    }
    const auto totals = GetParam().total(picture.data(), 53);
    EXPECT_EQ(totals.r, expected.r);
    EXPECT_EQ(totals.g, expected.g);
    EXPECT_EQ(totals.b, expected.b);
    EXPECT_EQ(GetParam().total(picture.data(), 0).r, 0U);
}

TEST_P(Loops, NormaliseGreyAndOneOfThreeChannels) {
    const auto values = noise(300);
    for (const std::size_t stride : {1U, 3U}) {
        std::vector<float> out(100);

        GetParam().normalise(values.data(), stride, 127, 1 / 128.0F, out.data(), out.size());

        for (std::size_t i = 0; i < out.size(); ++i)
            EXPECT_EQ(out[i], (static_cast<float>(values[i * stride]) - 127) * (1 / 128.0F)) << i;
    }
}

TEST_P(Loops, SampleALineBetweenPixels) {
    const std::size_t width = 40;
    const auto picture = noise(width * 40 * 3);
    std::vector<std::uint8_t> out(3 * 20 + 1);

    GetParam().sample_line(picture.data(), width, {1.5F, 2.25F, 1.75F, 0.5F}, out.data(), 20);

    for (std::size_t i = 0; i < 20; ++i) {
        const double x = 1.5 + 1.75 * static_cast<double>(i);
        const double y = 2.25 + 0.5 * static_cast<double>(i);
        const auto at = [&](double column, double row, std::size_t c) {
            return static_cast<double>(
                picture[3 * (static_cast<std::size_t>(row) * width + static_cast<std::size_t>(column)) + c]);
        };
        const double fx = x - std::floor(x);
        const double fy = y - std::floor(y);
        for (std::size_t c = 0; c < 3; ++c) {
            // Quarters: exact in floats, too.
            const double sum = (1 - fx) * (1 - fy) * at(x, y, c) + fx * (1 - fy) * at(x + 1, y, c) +
                               (1 - fx) * fy * at(x, y + 1, c) + fx * fy * at(x + 1, y + 1, c);
            EXPECT_EQ(out[3 * i + c], static_cast<int>(sum + 0.5)) << i << " channel " << c;
        }
    }
}

TEST_P(Loops, WeighTapsAndKeepWithinABytesRange) {
    const std::vector<float> row{10, 20, 30, 100, 200, 400, -50, 0, 4, 0};
    const std::vector<Tap> taps{{0, 0.5F}, {1, 0.5F}, {1, 1}, {2, 1}};
    const std::vector<std::size_t> ends{2, 3, 4};
    std::vector<std::uint8_t> out(10);

    GetParam().weigh(row.data(), taps.data(), ends.data(), 3, out.data());

    out.pop_back();
    EXPECT_EQ(out, (std::vector<std::uint8_t>{55, 110, 215, 100, 200, 255, 0, 0, 4}));
}

TEST_P(Loops, MeasureTheLaplacianOfARow) {
    const auto rows = noise(3 * 112);
    const std::uint8_t* here = rows.data() + 112;

    const auto moments = GetParam().laplacian(rows.data(), here, here + 112, 112);

    Moments expected;
    for (std::size_t x = 1; x < 111; ++x) {
        const int value = here[x - 1] + here[x + 1] + rows[x] + here[x + 112] - 4 * here[x];
        expected.sum += value;
        expected.squares += value * value;
    }
    EXPECT_EQ(moments.sum, expected.sum);
    EXPECT_EQ(moments.squares, expected.squares);
}

TEST_P(Loops, MultiplySignedBytesOfAnyLength) {
    for (const std::size_t count : {0U, 7U, 16U, 129U, 512U}) {
        auto bytes = noise(2 * count + 2);
        bytes[0] = bytes[count] = 0x80;  // −128, the extreme

        const auto sums = GetParam().products(bytes.data(), bytes.data() + count, count);

        Products expected;
        for (std::size_t i = 0; i < count; ++i) {
            const int a = static_cast<std::int8_t>(bytes[i]);
            const int b = static_cast<std::int8_t>(bytes[count + i]);
            expected.ab += a * b;
            expected.aa += a * a;
            expected.bb += b * b;
        }
        EXPECT_EQ(sums.ab, expected.ab) << count;
        EXPECT_EQ(sums.aa, expected.aa) << count;
        EXPECT_EQ(sums.bb, expected.bb) << count;
    }
}

INSTANTIATE_TEST_SUITE_P(OfThisProcessor, Loops, ::testing::ValuesIn(versions().begin(), versions().end()),
                         [](const auto& version) { return std::string(version.param.name); });

}  // namespace
}  // namespace countersign::face::loops
