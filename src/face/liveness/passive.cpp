#include "face/liveness/passive.hpp"

namespace countersign::face {

void PassiveVote::add(float live_probability) {
    const bool live = live_probability >= threshold_;  // no number is not
    live_ += live ? 1 : 0;
    not_live_ += live ? 0 : 1;
}

std::optional<Liveness> PassiveVote::outcome() const {
    if (live_ > frames_ / 2) return Liveness::live;
    if (frames_ == 0 || not_live_ > (frames_ - 1) / 2) return Liveness::not_live;
    return std::nullopt;
}

Liveness judge_passive(std::span<const float> live_probabilities, float threshold, std::size_t least_frames) {
    if (live_probabilities.size() < least_frames) return Liveness::not_live;
    PassiveVote vote(live_probabilities.size(), threshold);
    for (const float probability : live_probabilities)
        vote.add(probability);
    return vote.outcome().value_or(Liveness::not_live);
}

}  // namespace countersign::face
