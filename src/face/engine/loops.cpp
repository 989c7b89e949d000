#include "face/engine/loops.hpp"

#include <immintrin.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace countersign::face::loops {
namespace {

// Plain loops over neighbours, which the compiler turns into vector instructions of the function that they
// are inlined into.

[[gnu::always_inline]] inline void add_scaled_loop(const std::uint8_t* __restrict values, float weight,
                                                   float* __restrict sums, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i)
        sums[i] += weight * static_cast<float>(values[i]);
}

/// Sums of two rows and of two neighbours first, for all three phases of the pixels; then every second pixel
/// is picked, four bytes at a time, of which the next overwrites the last.
[[gnu::always_inline]] inline void halve_loop(const std::uint8_t* __restrict upper,
                                              const std::uint8_t* __restrict lower,
                                              std::uint8_t* __restrict out, std::size_t pixels) {
    constexpr std::size_t kChunk = 32;  // pixels of the result
    std::array<std::uint16_t, 6 * kChunk> rows{};
    std::array<std::uint8_t, 6 * kChunk> means{};
    for (std::size_t begin = 0; begin < pixels; begin += kChunk) {
        const std::size_t count = pixels - begin < kChunk ? pixels - begin : kChunk;
        const std::uint8_t* a = upper + 6 * begin;
        const std::uint8_t* b = lower + 6 * begin;
        if (count == kChunk) {
            for (std::size_t i = 0; i < 6 * kChunk; ++i)
                rows.data()[i] = static_cast<std::uint16_t>(a[i] + b[i]);
        } else {
            for (std::size_t i = 0; i < 6 * count; ++i)
                rows.data()[i] = static_cast<std::uint16_t>(a[i] + b[i]);
        }
        const std::uint16_t* sum = rows.data();
        for (std::size_t i = 0; i < 6 * kChunk - 3; ++i)
            means.data()[i] = static_cast<std::uint8_t>((sum[i] + sum[i + 3] + 2) / 4);
        for (std::size_t i = 0; i < count; ++i)
            std::memcpy(out + 3 * (begin + i), means.data() + 6 * i, 4);
    }
}

[[gnu::always_inline]] inline ColourTotals total_loop(const std::uint8_t* rgb, std::size_t pixels) {
    constexpr std::size_t kBlock = 48;    // bytes: whole pixels and whole vectors
    constexpr std::size_t kBlocks = 256;  // 255 times that many fit in 16 bits
    ColourTotals totals;
    std::size_t left = pixels;
    while (left >= kBlock / 3) {
        std::array<std::uint16_t, kBlock> sums{};
        const std::size_t blocks = left / (kBlock / 3) < kBlocks ? left / (kBlock / 3) : kBlocks;
        for (std::size_t block = 0; block < blocks; ++block, rgb += kBlock) {
            for (std::size_t i = 0; i < kBlock; ++i)
                sums.data()[i] = static_cast<std::uint16_t>(sums.data()[i] + rgb[i]);
        }
        for (std::size_t i = 0; i < kBlock; i += 3) {
            totals.r += sums.data()[i];
            totals.g += sums.data()[i + 1];
            totals.b += sums.data()[i + 2];
        }
        left -= blocks * (kBlock / 3);
    }
    for (; left > 0; --left, rgb += 3) {
        totals.r += rgb[0];
        totals.g += rgb[1];
        totals.b += rgb[2];
    }
    return totals;
}

template <std::size_t kStride>
[[gnu::always_inline]] inline void normalise_loop(const std::uint8_t* __restrict values, float mean,
                                                  float scale, float* __restrict out, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i)
        out[i] = (static_cast<float>(values[i * kStride]) - mean) * scale;
}

struct Place {
    std::size_t offset{0};  // of the upper left of four pixels
    float fx{0}, fy{0};     // how far beyond it, pixels
};
[[gnu::always_inline]] inline Place place(const Line& line, std::size_t i, std::size_t width) {
    const float px = line.x + static_cast<float>(i) * line.step_x;
    const float py = line.y + static_cast<float>(i) * line.step_y;
    const auto x = static_cast<std::int32_t>(px);
    const auto y = static_cast<std::int32_t>(py);
    return {3 * (static_cast<std::size_t>(y) * width + static_cast<std::size_t>(x)),
            px - static_cast<float>(x), py - static_cast<float>(y)};
}

void sample_line_plain(const std::uint8_t* rgb, std::size_t width, const Line& line, std::uint8_t* out,
                       std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        const auto [offset, fx, fy] = place(line, i, width);
        const std::uint8_t* upper = rgb + offset;
        const std::uint8_t* lower = upper + 3 * width;
        for (std::size_t c = 0; c < 3; ++c) {
            const auto at = [c](const std::uint8_t* pixel) { return static_cast<float>(pixel[c]); };
            const float sum = (1 - fx) * (1 - fy) * at(upper) + fx * (1 - fy) * at(upper + 3) +
                              (1 - fx) * fy * at(lower) + fx * fy * at(lower + 3);
            out[3 * i + c] = static_cast<std::uint8_t>(sum + 0.5F);
        }
    }
}

void weigh_plain(const float* row, const Tap* tap, const std::size_t* ends, std::size_t pixels,
                 std::uint8_t* out) {
    const Tap* const first = tap;
    for (std::size_t i = 0; i < pixels; ++i) {
        std::array<float, 3> sum{};
        for (; tap != first + ends[i]; ++tap) {
            const float* pixel = row + 3 * static_cast<std::size_t>(tap->index);
            for (std::size_t c = 0; c < 3; ++c)
                sum.data()[c] += tap->weight * pixel[c];
        }
        for (std::size_t c = 0; c < 3; ++c)
            out[3 * i + c] = static_cast<std::uint8_t>(std::clamp(sum.data()[c] + 0.5F, 0.0F, 255.0F));
    }
}

[[gnu::always_inline]] inline Moments laplacian_loop(const std::uint8_t* above, const std::uint8_t* here,
                                                     const std::uint8_t* below, std::size_t count) {
    Moments moments;
    for (std::size_t x = 1; x + 1 < count; ++x) {
        const int value = here[x - 1] + here[x + 1] + above[x] + below[x] - 4 * here[x];
        moments.sum += value;
        moments.squares += value * value;
    }
    return moments;
}

Products products_plain(const std::uint8_t* a, const std::uint8_t* b, std::size_t count) {
    Products sums;
    for (std::size_t i = 0; i < count; ++i) {
        const int x = static_cast<std::int8_t>(a[i]);
        const int y = static_cast<std::int8_t>(b[i]);
        sums.ab += x * y;
        sums.aa += x * x;
        sums.bb += y * y;
    }
    return sums;
}

void normalise_plain(const std::uint8_t* values, std::size_t stride, float mean, float scale, float* out,
                     std::size_t count) {
    if (stride == 1) return normalise_loop<1>(values, mean, scale, out, count);
    normalise_loop<3>(values, mean, scale, out, count);
}

// The same loops for processors with AVX2; without FMA, which would round differently. Three are beyond the
// vectoriser and are written out.

[[gnu::target("avx2")]] void add_scaled_wide(const std::uint8_t* values, float weight, float* sums,
                                             std::size_t count) {
    add_scaled_loop(values, weight, sums, count);
}
[[gnu::target("avx2")]] void halve_wide(const std::uint8_t* upper, const std::uint8_t* lower,
                                        std::uint8_t* out, std::size_t pixels) {
    halve_loop(upper, lower, out, pixels);
}
[[gnu::target("avx2")]] ColourTotals total_wide(const std::uint8_t* rgb, std::size_t pixels) {
    return total_loop(rgb, pixels);
}
[[gnu::target("avx2")]] void normalise_wide(const std::uint8_t* values, std::size_t stride, float mean,
                                            float scale, float* out, std::size_t count) {
    if (stride == 1) return normalise_loop<1>(values, mean, scale, out, count);
    normalise_loop<3>(values, mean, scale, out, count);
}
/// A pixel and the byte after it, as numbers.
[[gnu::target("avx2")]] inline __m128 pixel_at(const std::uint8_t* rgb) {
    std::int32_t bytes = 0;
    std::memcpy(&bytes, rgb, sizeof bytes);
    return _mm_cvtepi32_ps(_mm_cvtepu8_epi32(_mm_cvtsi32_si128(bytes)));
}
/// Three bytes and one that the next pixel overwrites.
[[gnu::target("avx2")]] inline void put_pixel(__m128 values, std::uint8_t* out) {
    const __m128i whole = _mm_cvttps_epi32(_mm_add_ps(values, _mm_set1_ps(0.5F)));
    const __m128i bytes = _mm_packus_epi16(_mm_packus_epi32(whole, whole), whole);
    const std::int32_t pixel = _mm_cvtsi128_si32(bytes);
    std::memcpy(out, &pixel, sizeof pixel);
}

[[gnu::target("avx2")]] void sample_line_wide(const std::uint8_t* rgb, std::size_t width, const Line& line,
                                              std::uint8_t* out, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        const auto [offset, fx, fy] = place(line, i, width);
        const std::uint8_t* upper = rgb + offset;
        const std::uint8_t* lower = upper + 3 * width;
        __m128 sum = _mm_mul_ps(_mm_set1_ps((1 - fx) * (1 - fy)), pixel_at(upper));
        sum = _mm_add_ps(sum, _mm_mul_ps(_mm_set1_ps(fx * (1 - fy)), pixel_at(upper + 3)));
        sum = _mm_add_ps(sum, _mm_mul_ps(_mm_set1_ps((1 - fx) * fy), pixel_at(lower)));
        sum = _mm_add_ps(sum, _mm_mul_ps(_mm_set1_ps(fx * fy), pixel_at(lower + 3)));
        put_pixel(sum, out + 3 * i);
    }
}
[[gnu::target("avx2")]] void weigh_wide(const float* row, const Tap* tap, const std::size_t* ends,
                                        std::size_t pixels, std::uint8_t* out) {
    const Tap* const first = tap;
    for (std::size_t i = 0; i < pixels; ++i) {
        __m128 sum = _mm_setzero_ps();
        for (; tap != first + ends[i]; ++tap) {
            const float* pixel = row + 3 * static_cast<std::size_t>(tap->index);
            sum = _mm_add_ps(sum, _mm_mul_ps(_mm_set1_ps(tap->weight), _mm_loadu_ps(pixel)));
        }
        put_pixel(sum, out + 3 * i);  // packing cuts to 0…255
    }
}
[[gnu::target("avx2")]] Moments laplacian_wide(const std::uint8_t* above, const std::uint8_t* here,
                                               const std::uint8_t* below, std::size_t count) {
    return laplacian_loop(above, here, below, count);
}
[[gnu::target("avx2")]] inline __m256i sixteen(const std::uint8_t* bytes) {
    return _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes)));
}
[[gnu::target("avx2")]] inline std::int32_t added(__m256i sums) {
    __m128i each = _mm_add_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
    each = _mm_add_epi32(each, _mm_unpackhi_epi64(each, each));
    return _mm_cvtsi128_si32(_mm_add_epi32(each, _mm_shuffle_epi32(each, 1)));
}
[[gnu::target("avx2")]] Products products_wide(const std::uint8_t* a, const std::uint8_t* b,
                                               std::size_t count) {
    constexpr std::size_t kAtOnce = 16;
    __m256i ab = _mm256_setzero_si256();
    __m256i aa = ab;
    __m256i bb = ab;
    std::size_t i = 0;
    for (; i + kAtOnce <= count; i += kAtOnce) {
        const __m256i x = sixteen(a + i);
        const __m256i y = sixteen(b + i);
        ab = _mm256_add_epi32(ab, _mm256_madd_epi16(x, y));
        aa = _mm256_add_epi32(aa, _mm256_madd_epi16(x, x));
        bb = _mm256_add_epi32(bb, _mm256_madd_epi16(y, y));
    }
    const Products rest = products_plain(a + i, b + i, count - i);
    return {added(ab) + rest.ab, added(aa) + rest.aa, added(bb) + rest.bb};
}

// With byte products in one instruction (VNNI): it multiplies unsigned by signed bytes, so one factor is
// raised by 128, and 128 times the sum of the other is taken off at the end.

[[gnu::target("avx2,avx512vl,avx512vnni")]] Products products_bytes(const std::uint8_t* a,
                                                                    const std::uint8_t* b,
                                                                    std::size_t count) {
    constexpr std::size_t kAtOnce = 32;
    const __m256i raise = _mm256_set1_epi8(-128);
    const __m256i ones = _mm256_set1_epi8(1);
    __m256i ab = _mm256_setzero_si256();
    __m256i aa = ab, bb = ab, sum_a = ab, sum_b = ab;
    std::size_t i = 0;
    for (; i + kAtOnce <= count; i += kAtOnce) {
        const __m256i x = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(a + i));
        const __m256i y = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(b + i));
        const __m256i raised = _mm256_xor_si256(x, raise);
        ab = _mm256_dpbusd_epi32(ab, raised, y);
        aa = _mm256_dpbusd_epi32(aa, raised, x);
        bb = _mm256_dpbusd_epi32(bb, _mm256_xor_si256(y, raise), y);
        sum_a = _mm256_dpbusd_epi32(sum_a, ones, x);
        sum_b = _mm256_dpbusd_epi32(sum_b, ones, y);
    }
    const Products rest = products_plain(a + i, b + i, count - i);
    const std::int32_t over_a = 128 * added(sum_a);
    const std::int32_t over_b = 128 * added(sum_b);
    return {added(ab) - over_b + rest.ab, added(aa) - over_a + rest.aa, added(bb) - over_b + rest.bb};
}

constexpr Version kPlain{"plain",           add_scaled_loop, halve_loop,     total_loop,    normalise_plain,
                         sample_line_plain, weigh_plain,     laplacian_loop, products_plain};
constexpr Version kWide{"avx2",           add_scaled_wide, halve_wide,     total_wide,   normalise_wide,
                        sample_line_wide, weigh_wide,      laplacian_wide, products_wide};
constexpr Version kBytes{"vnni",           add_scaled_wide, halve_wide,     total_wide,    normalise_wide,
                         sample_line_wide, weigh_wide,      laplacian_wide, products_bytes};
constexpr std::array kVersions{kPlain, kWide, kBytes};

const Version& best() {
    static const Version& kBest = versions().back();
    return kBest;
}

}  // namespace

std::span<const Version> versions() {
    std::size_t count = 1;
    if (__builtin_cpu_supports("avx2") != 0) {
        const bool bytes =
            __builtin_cpu_supports("avx512vl") != 0 && __builtin_cpu_supports("avx512vnni") != 0;
        count = bytes ? 3 : 2;
    }
    return std::span(kVersions).first(count);
}

void add_scaled(const std::uint8_t* values, float weight, float* sums, std::size_t count) {
    best().add_scaled(values, weight, sums, count);
}

void halve(const std::uint8_t* upper, const std::uint8_t* lower, std::uint8_t* out, std::size_t pixels) {
    best().halve(upper, lower, out, pixels);
}

ColourTotals total(const std::uint8_t* rgb, std::size_t pixels) {
    return best().total(rgb, pixels);
}

void normalise(const std::uint8_t* values, std::size_t stride, float mean, float scale, float* out,
               std::size_t count) {
    best().normalise(values, stride, mean, scale, out, count);
}

void sample_line(const std::uint8_t* rgb, std::size_t width, const Line& line, std::uint8_t* out,
                 std::size_t count) {
    best().sample_line(rgb, width, line, out, count);
}

void weigh(const float* row, const Tap* taps, const std::size_t* ends, std::size_t pixels,
           std::uint8_t* out) {
    best().weigh(row, taps, ends, pixels, out);
}

Moments laplacian(const std::uint8_t* above, const std::uint8_t* here, const std::uint8_t* below,
                  std::size_t count) {
    return best().laplacian(above, here, below, count);
}

Products products(const std::uint8_t* a, const std::uint8_t* b, std::size_t count) {
    return best().products(a, b, count);
}

}  // namespace countersign::face::loops
