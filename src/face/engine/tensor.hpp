#pragma once

#include <vector>

#include "base/bytes.hpp"
#include "face/codec/image.hpp"

namespace countersign::face {

/// Numbers in or out of a net. They describe a face, so they are wiped when released.
class Tensor {
public:
    Tensor() = default;
    explicit Tensor(std::size_t size) : values_(Recycled<float>::take(size)) {}
    ~Tensor() { Recycled<float>::give_back(std::move(values_)); }
    Tensor(Tensor&& other) noexcept : values_(std::move(other.values_)) { other.values_.clear(); }
    Tensor& operator=(Tensor&& other) noexcept {
        values_.swap(other.values_);
        return *this;
    }
    Tensor(const Tensor&) = delete;
    Tensor& operator=(const Tensor&) = delete;

    std::size_t size() const { return values_.size(); }
    float* data() { return values_.data(); }
    const float* data() const { return values_.data(); }
    std::span<float> values() { return values_; }
    std::span<const float> values() const { return values_; }
    float& operator[](std::size_t i) { return values_[i]; }
    float operator[](std::size_t i) const { return values_[i]; }

private:
    std::vector<float> values_;
};

enum class ChannelOrder { rgb, bgr, grey };

/// How a net wants its picture: plane by plane, (pixel − mean) ÷ divisor. From models/manifest.toml.
struct InputFormat {
    int width{0};
    int height{0};
    ChannelOrder channels{ChannelOrder::rgb};
    float mean{0};
    float divisor{1};
    int planes() const { return channels == ChannelOrder::grey ? 1 : 3; }
    std::size_t size() const {
        return static_cast<std::size_t>(width) * static_cast<std::size_t>(height) *
               static_cast<std::size_t>(planes());
    }
};

/// `picture` must have the format's size; RGB for rgb and bgr, one channel for grey.
Tensor to_tensor(const Image& picture, const InputFormat& format);
/// The same of pixels alone, as many as the format has.
Tensor to_tensor(ByteView pixels, const InputFormat& format);

}  // namespace countersign::face
