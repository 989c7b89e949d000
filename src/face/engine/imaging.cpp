#include "face/engine/imaging.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <vector>

namespace countersign::face {
namespace {

constexpr int kAlignedSide = 112;
constexpr std::array<Point, 5> kTemplate{{{38.2946F, 51.6963F},
                                          {73.5318F, 51.5014F},
                                          {56.0252F, 71.7366F},
                                          {41.5493F, 92.3655F},
                                          {70.7299F, 92.2041F}}};

/// One source sample of one output row or column.
struct Tap {
    int index{0};
    float weight{0};
};
using Taps = std::vector<std::vector<Tap>>;

std::vector<Tap> area_taps(double begin, double end, int limit) {
    std::vector<Tap> taps;
    for (int i = static_cast<int>(std::floor(begin)); i < end; ++i) {
        const double covered = std::min<double>(end, i + 1) - std::max<double>(begin, i);
        if (covered <= 0) continue;
        taps.push_back({std::clamp(i, 0, limit - 1), static_cast<float>(covered / (end - begin))});
    }
    return taps;
}

std::vector<Tap> linear_taps(double centre, int limit) {
    const double left = std::floor(centre - 0.5);
    const auto fraction = static_cast<float>(centre - 0.5 - left);
    const int index = static_cast<int>(left);
    return {{std::clamp(index, 0, limit - 1), 1.0F - fraction},
            {std::clamp(index + 1, 0, limit - 1), fraction}};
}

enum class Shrink { area, bilinear };

Taps make_taps(float begin, float length, int out, int limit, Shrink shrink) {
    Taps taps;
    taps.reserve(static_cast<std::size_t>(out));
    const double step = static_cast<double>(length) / out;
    for (int i = 0; i < out; ++i) {
        const double from = begin + i * step;
        taps.push_back(step > 1 && shrink == Shrink::area ? area_taps(from, from + step, limit)
                                                          : linear_taps(from + step / 2, limit));
    }
    return taps;
}

std::uint8_t to_byte(float value) {
    return static_cast<std::uint8_t>(std::clamp(value + 0.5F, 0.0F, 255.0F));
}

/// Columns of the source that any tap reads, as [first, last).
std::pair<int, int> columns_read(const Taps& taps) {
    int first = taps.front().front().index;
    int last = first + 1;
    for (const auto& of_one : taps) {
        for (const auto& tap : of_one) {
            first = std::min(first, tap.index);
            last = std::max(last, tap.index + 1);
        }
    }
    return {first, last};
}

/// Plain loop over neighbours, so that the compiler turns it into vector instructions.
void add_scaled(const std::uint8_t* values, float weight, std::span<float> sums) {
    for (std::size_t i = 0; i < sums.size(); ++i)
        sums[i] += weight * static_cast<float>(values[i]);
}

template <std::size_t kChannels>
void reduce_columns(std::span<const float> row, int first_column, const Taps& columns, std::uint8_t* out) {
    for (const auto& taps : columns) {
        std::array<float, kChannels> sum{};
        for (const auto& tap : taps) {
            const float* pixel = &row[static_cast<std::size_t>(tap.index - first_column) * kChannels];
            for (std::size_t c = 0; c < kChannels; ++c)
                sum[c] += tap.weight * pixel[c];
        }
        for (std::size_t c = 0; c < kChannels; ++c)
            *out++ = to_byte(sum[c]);
    }
}

/// Rows first: that pass reads neighbours and does most of the work. The taps of both directions are
/// independent.
Image resample(const Image& picture, const Box& region, int width, int height, Shrink shrink) {
    const Taps columns = make_taps(region.x, region.width, width, picture.width(), shrink);
    const Taps rows = make_taps(region.y, region.height, height, picture.height(), shrink);
    const auto [first, last] = columns_read(columns);
    Image out(width, height, picture.channels());
    std::vector<float> row(static_cast<std::size_t>((last - first) * picture.channels()));
    for (int y = 0; y < height; ++y) {
        std::ranges::fill(row, 0.0F);
        for (const auto& tap : rows[static_cast<std::size_t>(y)])
            add_scaled(picture.at(first, tap.index), tap.weight, row);
        if (picture.channels() == 1) {
            reduce_columns<1>(row, first, columns, out.at(0, y));
        } else {
            reduce_columns<3>(row, first, columns, out.at(0, y));
        }
    }
    wipe(row.data(), row.size() * sizeof(float));
    return out;
}

void sample_bilinear(const Image& picture, const Point& p, std::uint8_t* out) {
    const float left = std::floor(p.x);
    const float top = std::floor(p.y);
    const float fx = p.x - left;
    const float fy = p.y - top;
    std::array<float, 3> sum{};
    for (int corner = 0; corner < 4; ++corner) {
        const int x = static_cast<int>(left) + corner % 2;
        const int y = static_cast<int>(top) + corner / 2;
        if (x < 0 || y < 0 || x >= picture.width() || y >= picture.height()) continue;
        const float weight = (corner % 2 != 0 ? fx : 1 - fx) * (corner / 2 != 0 ? fy : 1 - fy);
        const std::uint8_t* pixel = picture.at(x, y);
        for (std::size_t c = 0; c < 3; ++c)
            sum[c] += weight * pixel[c];
    }
    std::ranges::transform(sum, out, to_byte);
}

Image warp(const Image& picture, const Similarity& to_output) {
    const Similarity to_picture = to_output.inverse();
    Image out(kAlignedSide, kAlignedSide, 3);
    for (int y = 0; y < kAlignedSide; ++y) {
        for (int x = 0; x < kAlignedSide; ++x) {
            sample_bilinear(picture, to_picture.apply({static_cast<float>(x), static_cast<float>(y)}),
                            out.at(x, y));
        }
    }
    return out;
}

std::complex<double> as_complex(const Point& p) {
    return {p.x, p.y};
}

}  // namespace

Image crop_resized(const Image& picture, const Box& region, int width, int height) {
    return resample(picture, region, width, height, Shrink::area);
}

Image crop_bilinear(const Image& picture, const Box& region, int width, int height) {
    return resample(picture, region, width, height, Shrink::bilinear);
}

Image to_grey(const Image& rgb) {
    Image grey(rgb.width(), rgb.height(), 1);
    const auto in = rgb.pixels();
    const auto out = grey.pixels();
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = to_byte(0.299F * in[3 * i] + 0.587F * in[3 * i + 1] + 0.114F * in[3 * i + 2]);
    }
    return grey;
}

float Similarity::scale() const {
    return std::hypot(a, b);
}

Similarity Similarity::inverse() const {
    const float square = a * a + b * b;
    Similarity inverse{a / square, -b / square, 0, 0};
    const Point shift = inverse.apply({tx, ty});
    inverse.tx = -shift.x;
    inverse.ty = -shift.y;
    return inverse;
}

Similarity fit_similarity(std::span<const Point, 5> from, std::span<const Point, 5> to) {
    std::complex<double> from_mean;
    std::complex<double> to_mean;
    for (std::size_t i = 0; i < 5; ++i) {
        from_mean += as_complex(from[i]) / 5.0;
        to_mean += as_complex(to[i]) / 5.0;
    }
    std::complex<double> product;
    double spread = 0;
    for (std::size_t i = 0; i < 5; ++i) {
        const auto centred = as_complex(from[i]) - from_mean;
        product += std::conj(centred) * (as_complex(to[i]) - to_mean);
        spread += std::norm(centred);
    }
    if (spread <= 0) return {};
    const auto turn = product / spread;
    const auto shift = to_mean - turn * from_mean;
    return {static_cast<float>(turn.real()), static_cast<float>(turn.imag()),
            static_cast<float>(shift.real()), static_cast<float>(shift.imag())};
}

std::span<const Point, 5> alignment_template() {
    return kTemplate;
}

Image align_face(const Image& picture, std::span<const Point, 5> landmarks) {
    const Similarity direct = fit_similarity(landmarks, kTemplate);
    if (direct.scale() <= 0 || direct.scale() >= 0.5F)
        return warp(picture, direct.scale() > 0 ? direct : Similarity{});
    const int width =
        std::max(1, static_cast<int>(static_cast<float>(picture.width()) * direct.scale() * 1.5F));
    const int height =
        std::max(1, static_cast<int>(static_cast<float>(picture.height()) * direct.scale() * 1.5F));
    const Box all{0, 0, static_cast<float>(picture.width()), static_cast<float>(picture.height())};
    const Image small = crop_resized(picture, all, width, height);
    const float sx = static_cast<float>(width) / all.width;
    const float sy = static_cast<float>(height) / all.height;
    std::array<Point, 5> moved;
    // Pixel centres: the centre of pixel 0 stays half a pixel from the edge.
    std::ranges::transform(landmarks, moved.begin(), [&](const Point& p) {
        return Point{(p.x + 0.5F) * sx - 0.5F, (p.y + 0.5F) * sy - 0.5F};
    });
    return warp(small, fit_similarity(moved, kTemplate));
}

}  // namespace countersign::face
