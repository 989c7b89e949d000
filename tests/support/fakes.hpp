#pragma once

#include <cstdint>

#include "base/guarded.hpp"
#include "base/random.hpp"
#include "base/time.hpp"

namespace countersign::testing {

/// A clock that moves only when told.
class FakeClock final : public Clock {
public:
    explicit FakeClock(UnixMicros start = from_unix_seconds(1'772'355'600))
        : now_(start) {}  // 2026-03-01T09:00:00Z
    UnixMicros now() const override { return *now_.lock(); }
    void advance(Micros by) {
        auto now = now_.lock();
        *now = *now + by;
    }
    void set(UnixMicros to) { *now_.lock() = to; }

private:
    mutable Guarded<UnixMicros> now_;
};

/// Reproducible bytes (xorshift64*). For tests only.
class FakeRandom final : public Random {
public:
    explicit FakeRandom(std::uint64_t seed = 1) : state_(seed) {}
    void fill(std::span<std::uint8_t> out) override {
        auto state = state_.lock();
        for (auto& byte : out) {
            *state ^= *state >> 12U;
            *state ^= *state << 25U;
            *state ^= *state >> 27U;
            byte = static_cast<std::uint8_t>((*state * 0x2545F4914F6CDD1DULL) >> 56U);
        }
    }

private:
    Guarded<std::uint64_t> state_;
};

/// Reads a time literal; aborts on a typing error in the test.
inline UnixMicros at(std::string_view rfc3339) {
    return parse_rfc3339(rfc3339).value();
}

}  // namespace countersign::testing
