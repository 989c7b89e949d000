#include "base/random.hpp"

#include <sys/random.h>

#include <array>

namespace countersign {

Bytes Random::bytes(std::size_t count) {
    Bytes out(count);
    fill(out);
    return out;
}

std::string Random::token(std::size_t count) {
    return to_base64url(bytes(count));
}

std::uint32_t Random::below(std::uint32_t bound) {
    CS_CHECK(bound > 0);
    const std::uint32_t limit = UINT32_MAX - UINT32_MAX % bound;
    for (;;) {
        std::array<std::uint8_t, 4> raw{};
        fill(raw);
        std::uint32_t value = 0;
        for (std::uint8_t byte : raw)
            value = (value << 8U) | byte;
        if (value < limit) return value % bound;
    }
}

void SystemRandom::fill(std::span<std::uint8_t> out) {
    while (!out.empty()) {
        const ssize_t got = getrandom(out.data(), out.size(), 0);
        CS_CHECK(got > 0);
        out = out.subspan(static_cast<std::size_t>(got));
    }
}

}  // namespace countersign
