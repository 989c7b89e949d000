#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "face/api/types.hpp"

namespace countersign::face {

/// Fuses the live probabilities of the frames of one capture: live when their median reaches `threshold`. The
/// median, because single live frames score low in motion and a single lucky frame of an attack must not
/// decide. Of an even number it is the lower middle one: doubt counts against. A value that is not a number
/// counts as 0.
///
/// The median reaches a threshold exactly when more than half of the values do, so the outcome is often known
/// before the last frame was looked at.
class PassiveVote {
public:
    PassiveVote(std::size_t frames, float threshold) : frames_(frames), threshold_(threshold) {}

    void add(float live_probability);
    /// Nothing while the frames to come could still turn it.
    std::optional<Liveness> outcome() const;

private:
    std::size_t frames_;
    float threshold_;
    std::size_t live_{0};
    std::size_t not_live_{0};
};

/// The vote of all frames. Not live on fewer than `least_frames`.
Liveness judge_passive(std::span<const float> live_probabilities, float threshold, std::size_t least_frames);

}  // namespace countersign::face
