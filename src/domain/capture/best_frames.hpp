#pragma once

#include <vector>

#include "face/api/types.hpp"

namespace countersign::domain {

/// Rank of a usable frame for comparison: larger is better. Sharp, large and frontal wins. No unit; only
/// compared with other frames of the same capture and never leaves it.
double frame_rank(const face::Quality& quality);

/// Keeps the best frames of a capture, best first; the others are wiped at once. Threads: one.
class BestFrames {
public:
    explicit BestFrames(std::size_t capacity) : capacity_(capacity) {}

    void add(face::Observation frame);
    void clear() { frames_.clear(); }
    std::size_t size() const { return frames_.size(); }
    std::vector<const face::Observation*> view() const;

private:
    std::size_t capacity_;
    std::vector<face::Observation> frames_;
};

}  // namespace countersign::domain
