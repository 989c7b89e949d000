#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/bytes.hpp"

namespace countersign {

/// The only source of randomness. Injected everywhere, so that tests own it.
class Random {
public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::uint8_t> out) = 0;

    Bytes bytes(std::size_t count);

    /// `count` random bytes as base64url text: 32 bytes give 43 characters and 256 bits.
    std::string token(std::size_t count);

    /// Uniform in [0, bound), without modulo bias. `bound` > 0.
    std::uint32_t below(std::uint32_t bound);
};

/// getrandom(2). Aborts if the kernel cannot deliver: there is no safe way to go on.
class SystemRandom final : public Random {
public:
    void fill(std::span<std::uint8_t> out) override;
};

}  // namespace countersign
