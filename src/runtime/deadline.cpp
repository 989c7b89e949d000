#include "runtime/deadline.hpp"

#include <algorithm>

namespace countersign::runtime {
namespace {

// Keeps the addition of a silly delay away from the end of the clock's range.
constexpr Micros kLongest = days(3650);

}  // namespace

Deadline Deadline::after(Micros delay) {
    return Deadline(std::chrono::steady_clock::now() +
                    std::chrono::microseconds(std::min(delay, kLongest).value));
}

bool Deadline::expired() const {
    return at_ != TimePoint::max() && std::chrono::steady_clock::now() >= at_;
}

Micros Deadline::remaining() const {
    if (at_ == TimePoint::max()) return kLongest;
    const auto left =
        std::chrono::duration_cast<std::chrono::microseconds>(at_ - std::chrono::steady_clock::now());
    return Micros{std::max<std::int64_t>(0, left.count())};
}

}  // namespace countersign::runtime
