#include "face/liveness/passive.hpp"

#include <algorithm>
#include <cmath>

namespace countersign::face {

Liveness judge_passive(std::vector<float> live_probabilities, float threshold, std::size_t least_frames) {
    if (live_probabilities.empty() || live_probabilities.size() < least_frames) return Liveness::not_live;
    for (float& value : live_probabilities) {
        if (std::isnan(value)) value = 0;
    }
    // Of an even number the lower middle one: doubt counts against.
    const auto middle =
        live_probabilities.begin() + static_cast<std::ptrdiff_t>((live_probabilities.size() - 1) / 2);
    std::ranges::nth_element(live_probabilities, middle);
    return *middle >= threshold ? Liveness::live : Liveness::not_live;
}

}  // namespace countersign::face
