#pragma once

#include <chrono>

#include "base/time.hpp"

namespace countersign::runtime {

/// A moment by which work must be done. It is measured on the monotonic clock, so a step of the wall clock
/// neither drops nor prolongs work.
class Deadline {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    static Deadline after(Micros delay);
    static Deadline never() { return Deadline(TimePoint::max()); }

    bool expired() const;

    /// Zero when expired; a very long time for never().
    Micros remaining() const;

    TimePoint time_point() const { return at_; }

private:
    explicit Deadline(TimePoint at) : at_(at) {}
    TimePoint at_;
};

}  // namespace countersign::runtime
