#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include "base/bytes.hpp"
#include "face/codec/recycled.hpp"

namespace countersign::face {

/// Interleaved 8-bit pixels, rows without padding, origin top left. 3 channels are RGB, 1 channel is grey.
/// A picture of a face is personal data: the pixels are wiped when released, and copying does not exist.
class Image {
public:
    Image() = default;
    Image(int width, int height, int channels)
        : width_(width),
          height_(height),
          channels_(channels),
          pixels_(Recycled<std::uint8_t>::take(count(width, height, channels))) {}
    ~Image() { Recycled<std::uint8_t>::give_back(std::move(pixels_)); }
    Image(Image&& other) noexcept { swap(other); }
    Image& operator=(Image&& other) noexcept {
        Image taken(std::move(other));
        swap(taken);
        return *this;
    }
    Image(const Image&) = delete;
    Image& operator=(const Image&) = delete;

    int width() const { return width_; }
    int height() const { return height_; }
    int channels() const { return channels_; }
    bool empty() const { return pixels_.empty(); }
    std::span<const std::uint8_t> pixels() const { return pixels_; }
    std::span<std::uint8_t> pixels() { return pixels_; }

    /// Pixel address; x and y must lie inside.
    const std::uint8_t* at(int x, int y) const { return pixels_.data() + offset(x, y); }
    std::uint8_t* at(int x, int y) { return pixels_.data() + offset(x, y); }

    /// Hands the pixels over, for example to keep a crop. The image is empty afterwards.
    SecretBytes release() {
        width_ = height_ = 0;
        return SecretBytes(std::exchange(pixels_, {}));
    }

private:
    static std::size_t count(int width, int height, int channels) {
        return static_cast<std::size_t>(width) * static_cast<std::size_t>(height) *
               static_cast<std::size_t>(channels);
    }
    std::size_t offset(int x, int y) const { return count(width_, y, channels_) + count(x, 1, channels_); }
    void swap(Image& other) noexcept {
        std::swap(width_, other.width_);
        std::swap(height_, other.height_);
        std::swap(channels_, other.channels_);
        std::swap(pixels_, other.pixels_);
    }

    int width_{0};
    int height_{0};
    int channels_{3};
    Bytes pixels_;
};

}  // namespace countersign::face
