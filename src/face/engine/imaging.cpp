#include "face/engine/imaging.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <vector>

#include "face/engine/loops.hpp"

namespace countersign::face {
namespace {

constexpr int kAlignedSide = 112;
constexpr std::array<Point, 5> kTemplate{{{38.2946F, 51.6963F},
                                          {73.5318F, 51.5014F},
                                          {56.0252F, 71.7366F},
                                          {41.5493F, 92.3655F},
                                          {70.7299F, 92.2041F}}};

using loops::Tap;

/// The samples of every output row or column, one after the other.
struct Taps {
    std::vector<Tap> all;
    std::vector<std::size_t> ends;

    std::span<const Tap> of(int output) const {
        const auto i = static_cast<std::size_t>(output);
        const std::size_t begin = i == 0 ? 0 : ends[i - 1];
        return std::span(all).subspan(begin, ends[i] - begin);
    }
};

/// What resampling needs beside the picture; a thread uses its own again, so that nothing is allocated.
struct Scratch {
    Taps columns, rows;
    std::vector<float> row;
};
Scratch& scratch() {
    static thread_local Scratch mine;
    return mine;
}

void add_area(double begin, double end, int limit, std::vector<Tap>& taps) {
    for (int i = static_cast<int>(std::floor(begin)); i < end; ++i) {
        const double covered = std::min<double>(end, i + 1) - std::max<double>(begin, i);
        if (covered <= 0) continue;
        taps.push_back({std::clamp(i, 0, limit - 1), static_cast<float>(covered / (end - begin))});
    }
}

void add_linear(double centre, int limit, std::vector<Tap>& taps) {
    const double left = std::floor(centre - 0.5);
    const auto fraction = static_cast<float>(centre - 0.5 - left);
    const int index = static_cast<int>(left);
    taps.push_back({std::clamp(index, 0, limit - 1), 1.0F - fraction});
    taps.push_back({std::clamp(index + 1, 0, limit - 1), fraction});
}

enum class Shrink { area, bilinear };

void make_taps(float begin, float length, int out, int limit, Shrink shrink, Taps& taps) {
    taps.all.clear();
    taps.ends.clear();
    const double step = static_cast<double>(length) / out;
    for (int i = 0; i < out; ++i) {
        const double from = begin + i * step;
        if (step > 1 && shrink == Shrink::area) {
            add_area(from, from + step, limit, taps.all);
        } else {
            add_linear(from + step / 2, limit, taps.all);
        }
        taps.ends.push_back(taps.all.size());
    }
}

std::uint8_t to_byte(float value) {
    return static_cast<std::uint8_t>(std::clamp(value + 0.5F, 0.0F, 255.0F));
}

/// Columns of the source that any tap reads, as [first, last).
std::pair<int, int> columns_read(const Taps& taps) {
    const auto [first, last] = std::ranges::minmax(taps.all, {}, &Tap::index);
    return {first.index, last.index + 1};
}

/// The columns of one grey row.
void reduce_grey(std::span<const float> row, const Taps& columns, std::uint8_t* out) {
    const Tap* tap = columns.all.data();
    for (const std::size_t end : columns.ends) {
        float sum = 0;
        for (; tap != columns.all.data() + end; ++tap)
            sum += tap->weight * row.data()[tap->index];
        *out++ = to_byte(sum);
    }
}

/// The indices of `taps` as seen from `first`.
void shift(Taps& taps, int first) {
    for (Tap& tap : taps.all)
        tap.index -= first;
}

/// A row for `loops`, which write one byte behind it: the last row of a picture is made beside it.
template <class Make>
void make_row(Image& out, int y, Make make) {
    const auto length = static_cast<std::size_t>(out.width()) * 3;
    if (y + 1 < out.height()) return make(out.at(0, y));
    Image beside(out.width() + 1, 1, 3);
    make(beside.at(0, 0));
    std::copy_n(beside.at(0, 0), length, out.at(0, y));
}

/// Rows first: that pass reads neighbours and does most of the work. The taps of both directions are
/// independent.
Image resample(const Image& picture, const Box& region, int width, int height, Shrink shrink) {
    auto& [columns, rows, row] = scratch();
    make_taps(region.x, region.width, width, picture.width(), shrink, columns);
    make_taps(region.y, region.height, height, picture.height(), shrink, rows);
    const auto [first, last] = columns_read(columns);
    shift(columns, first);
    const auto length = static_cast<std::size_t>((last - first) * picture.channels());
    Image out(width, height, picture.channels());
    for (int y = 0; y < height; ++y) {
        row.assign(length + 1, 0.0F);
        for (const auto& tap : rows.of(y))
            loops::add_scaled(picture.at(first, tap.index), tap.weight, row.data(), length);
        if (picture.channels() == 1) {
            reduce_grey(row, columns, out.at(0, y));
        } else {
            make_row(out, y, [&taps = columns, &sums = row, width](std::uint8_t* to) {
                loops::weigh(sums.data(), taps.all.data(), taps.ends.data(), static_cast<std::size_t>(width),
                             to);
            });
        }
    }
    wipe(row.data(), row.size() * sizeof(float));
    return out;
}

/// What `resample` would give, in whole numbers: the mean of four pixels, halves rounded up.
Image halve(const Image& picture) {
    Image out(picture.width() / 2, picture.height() / 2, 3);
    const auto pixels = static_cast<std::size_t>(out.width());
    for (int y = 0; y < out.height(); ++y) {
        make_row(out, y, [&](std::uint8_t* to) {
            loops::halve(picture.at(0, 2 * y), picture.at(0, 2 * y + 1), to, pixels);
        });
    }
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

bool all_inside(const Image& picture, const Similarity& to_picture, int side) {
    const auto inside = [&](float x, float y) {
        const Point p = to_picture.apply({x, y});
        return p.x >= 0 && p.y >= 0 && p.x < static_cast<float>(picture.width() - 2) &&
               p.y < static_cast<float>(picture.height() - 2);
    };
    const auto last = static_cast<float>(side - 1);
    return inside(0, 0) && inside(last, 0) && inside(0, last) && inside(last, last);
}

/// The rows of `warp` where every pixel that is read is known to lie inside.
void warp_inside(const Image& picture, const Similarity& to_picture, Image& out) {
    for (int y = 0; y < out.height(); ++y) {
        const Point start = to_picture.apply({0, static_cast<float>(y)});
        make_row(out, y, [&](std::uint8_t* to) {
            loops::sample_line(picture.at(0, 0), static_cast<std::size_t>(picture.width()),
                               {start.x, start.y, to_picture.a, to_picture.b}, to,
                               static_cast<std::size_t>(out.width()));
        });
    }
}

Image warp(const Image& picture, const Similarity& to_output, int side) {
    const Similarity to_picture = to_output.inverse();
    Image out(side, side, 3);
    if (all_inside(picture, to_picture, side)) {
        warp_inside(picture, to_picture, out);
        return out;
    }
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            const Point at = to_picture.apply({static_cast<float>(x), static_cast<float>(y)});
            sample_bilinear(picture, at, out.at(x, y));
        }
    }
    return out;
}

/// Whole pixels of a picture.
struct PixelBox {
    int x{0}, y{0}, width{0}, height{0};
};

/// The pixels that `warp` to `side` reads, cut to a picture of `width` × `height`; all of them when none lies
/// inside.
PixelBox pixels_read(const Similarity& to_picture, int side, int width, int height) {
    const auto last = static_cast<float>(side - 1);
    Point low{static_cast<float>(width), static_cast<float>(height)};
    Point high{0, 0};
    for (const Point& corner : {Point{0, 0}, Point{last, 0}, Point{0, last}, Point{last, last}}) {
        const Point p = to_picture.apply(corner);
        low = {std::min(low.x, p.x), std::min(low.y, p.y)};
        high = {std::max(high.x, p.x), std::max(high.y, p.y)};
    }
    const int x0 = static_cast<int>(std::clamp(low.x - 1, 0.0F, static_cast<float>(width)));
    const int y0 = static_cast<int>(std::clamp(low.y - 1, 0.0F, static_cast<float>(height)));
    const int x1 = static_cast<int>(std::clamp(high.x + 3, 0.0F, static_cast<float>(width)));
    const int y1 = static_cast<int>(std::clamp(high.y + 3, 0.0F, static_cast<float>(height)));
    if (x1 <= x0 || y1 <= y0) return {0, 0, width, height};
    return {x0, y0, x1 - x0, y1 - y0};
}

std::complex<double> as_complex(const Point& p) {
    return {p.x, p.y};
}

}  // namespace

Image crop_resized(const Image& picture, const Box& region, int width, int height) {
    return resample(picture, region, width, height, Shrink::area);
}

Image shrunk(const Image& picture, int width, int height) {
    const auto halves = [&](const Image& from) {
        const bool even = from.width() % 2 == 0 && from.height() % 2 == 0 && from.channels() == 3;
        return even && from.width() >= 2 * width && from.height() >= 2 * height;
    };
    const auto rest = [&](const Image& from) {
        const Box all{0, 0, static_cast<float>(from.width()), static_cast<float>(from.height())};
        return crop_resized(from, all, width, height);
    };
    if (!halves(picture)) return rest(picture);
    Image small = halve(picture);
    while (halves(small))
        small = halve(small);
    return small.width() == width && small.height() == height ? std::move(small) : rest(small);
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

Image mirror(const Image& rgb) {
    Image out(rgb.width(), rgb.height(), 3);
    for (int y = 0; y < rgb.height(); ++y) {
        for (int x = 0; x < rgb.width(); ++x)
            std::copy_n(rgb.at(rgb.width() - 1 - x, y), 3, out.at(x, y));
    }
    return out;
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

Similarity fit_similarity(std::span<const Point> from, std::span<const Point> to) {
    CS_CHECK(from.size() == to.size() && !from.empty());
    const auto count = static_cast<double>(from.size());
    std::complex<double> from_mean;
    std::complex<double> to_mean;
    for (std::size_t i = 0; i < from.size(); ++i) {
        from_mean += as_complex(from[i]) / count;
        to_mean += as_complex(to[i]) / count;
    }
    std::complex<double> product;
    double spread = 0;
    for (std::size_t i = 0; i < from.size(); ++i) {
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

Image cut_face(const Image& picture, std::span<const Point> points, std::span<const Point> places, int side) {
    const Similarity direct = fit_similarity(points, places);
    if (direct.scale() <= 0 || direct.scale() >= 0.5F)
        return warp(picture, direct.scale() > 0 ? direct : Similarity{}, side);
    const auto picture_width = static_cast<float>(picture.width());
    const auto picture_height = static_cast<float>(picture.height());
    const int width = std::max(1, static_cast<int>(picture_width * direct.scale() * 1.5F));
    const int height = std::max(1, static_cast<int>(picture_height * direct.scale() * 1.5F));
    const float sx = static_cast<float>(width) / picture_width;
    const float sy = static_cast<float>(height) / picture_height;
    std::vector<Point> moved(points.size());
    // Pixel centres: the centre of pixel 0 stays half a pixel from the edge.
    std::ranges::transform(points, moved.begin(), [&](const Point& p) {
        return Point{(p.x + 0.5F) * sx - 0.5F, (p.y + 0.5F) * sy - 0.5F};
    });
    Similarity to_output = fit_similarity(moved, places);
    // Of the shrunk picture only what the face needs is made.
    const PixelBox part = pixels_read(to_output.inverse(), side, width, height);
    const auto left = static_cast<float>(part.x);
    const auto top = static_cast<float>(part.y);
    const Box region{left / sx, top / sy, static_cast<float>(part.width) / sx,
                     static_cast<float>(part.height) / sy};
    const Image small = crop_resized(picture, region, part.width, part.height);
    const Point shift = to_output.apply({left, top});
    to_output.tx = shift.x;
    to_output.ty = shift.y;
    return warp(small, to_output, side);
}

Image align_face(const Image& picture, std::span<const Point, 5> landmarks) {
    return cut_face(picture, landmarks, kTemplate, kAlignedSide);
}

}  // namespace countersign::face
