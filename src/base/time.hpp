#pragma once

#include <compare>
#include <cstdint>
#include <string>

#include "base/result.hpp"

namespace countersign {

/// A point in time: microseconds since the Unix epoch, UTC.
struct UnixMicros {
    std::int64_t value{0};
    auto operator<=>(const UnixMicros&) const = default;
};

/// A length of time in microseconds.
struct Micros {
    std::int64_t value{0};
    auto operator<=>(const Micros&) const = default;
};

constexpr Micros milliseconds(std::int64_t n) {
    return Micros{n * 1000};
}
constexpr Micros seconds(std::int64_t n) {
    return Micros{n * 1'000'000};
}
constexpr Micros minutes(std::int64_t n) {
    return seconds(n * 60);
}
constexpr Micros days(std::int64_t n) {
    return minutes(n * 60 * 24);
}

constexpr UnixMicros operator+(UnixMicros t, Micros d) {
    return UnixMicros{t.value + d.value};
}
constexpr UnixMicros operator-(UnixMicros t, Micros d) {
    return UnixMicros{t.value - d.value};
}
constexpr Micros operator-(UnixMicros a, UnixMicros b) {
    return Micros{a.value - b.value};
}

constexpr std::int64_t to_unix_seconds(UnixMicros t) {
    return t.value / 1'000'000;
}
constexpr UnixMicros from_unix_seconds(std::int64_t s) {
    return UnixMicros{s * 1'000'000};
}

/// RFC 3339 UTC with milliseconds: `2026-03-01T09:00:00.000Z`.
std::string to_rfc3339(UnixMicros t);

/// Reads the form above, milliseconds optional. Errors: invalid_argument.
Result<UnixMicros> parse_rfc3339(std::string_view text);

/// The only source of wall time. Injected everywhere, so that tests own it.
class Clock {
public:
    virtual ~Clock() = default;
    virtual UnixMicros now() const = 0;
};

class SystemClock final : public Clock {
public:
    UnixMicros now() const override;
};

}  // namespace countersign
