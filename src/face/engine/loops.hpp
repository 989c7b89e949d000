#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace countersign::face::loops {

// The innermost loops over pixels and numbers. Each exists for every x86-64 processor and for those with
// AVX2 or more, chosen at run time. All give the same numbers to the last bit (loops_test.cpp).
//
// Units:   pixels are 8-bit RGB, one after the other; `count` and `pixels` say how many are read.
// Errors:  none; every pointer must cover what is read and written.
// Threads: safe.

/// sums[i] += weight · values[i].
void add_scaled(const std::uint8_t* values, float weight, float* sums, std::size_t count);

/// One row at half the width and height, from two rows of 2 · `pixels`: the mean of four, halves rounded up.
/// Writes one byte more than 3 · `pixels`.
void halve(const std::uint8_t* upper, const std::uint8_t* lower, std::uint8_t* out, std::size_t pixels);

struct ColourTotals {
    std::uint32_t r{0}, g{0}, b{0};
};
/// Of at most 16 million pixels.
ColourTotals total(const std::uint8_t* rgb, std::size_t pixels);

/// out[i] = (values[i · stride] − mean) · scale. Stride: 1 or 3.
void normalise(const std::uint8_t* values, std::size_t stride, float mean, float scale, float* out,
               std::size_t count);

/// One row of a picture that is turned, scaled and shifted: pixel i is read bilinear at
/// (x + i · step_x, y + i · step_y), all inside; the last row and column of the picture are not reached.
struct Line {
    float x{0}, y{0}, step_x{0}, step_y{0};
};
/// Writes one byte more than 3 · `count`. `width`: of the picture, pixels.
void sample_line(const std::uint8_t* rgb, std::size_t width, const Line& line, std::uint8_t* out,
                 std::size_t count);

/// One sample of a row of colours: its pixel, and what it counts.
struct Tap {
    int index{0};
    float weight{0};
};
/// One row of `pixels` pixels: pixel i is the weighted sum of the taps from ends[i − 1] to ends[i], brought
/// to bytes. `row` holds three numbers a pixel and one more at its end; writes one byte more than 3 ·
/// `pixels`.
void weigh(const float* row, const Tap* taps, const std::size_t* ends, std::size_t pixels, std::uint8_t* out);

struct Moments {
    std::int32_t sum{0}, squares{0};
};
/// Sum and sum of squares of the 4-neighbour Laplacian of one grey row, without its first and last pixel. Of
/// at most 512 pixels.
Moments laplacian(const std::uint8_t* above, const std::uint8_t* here, const std::uint8_t* below,
                  std::size_t count);

/// Products of two rows of signed bytes, summed. Of at most 2¹⁷ bytes.
struct Products {
    std::int32_t ab{0}, aa{0}, bb{0};
};
Products products(const std::uint8_t* a, const std::uint8_t* b, std::size_t count);

/// One version of each of them.
struct Version {
    const char* name;
    decltype(&loops::add_scaled) add_scaled;
    decltype(&loops::halve) halve;
    decltype(&loops::total) total;
    decltype(&loops::normalise) normalise;
    decltype(&loops::sample_line) sample_line;
    decltype(&loops::weigh) weigh;
    decltype(&loops::laplacian) laplacian;
    decltype(&loops::products) products;
};

/// Those that this processor can run, the plain one first. The functions above are the last one.
std::span<const Version> versions();

}  // namespace countersign::face::loops
