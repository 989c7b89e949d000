#include "domain/capture/picture_repeats.hpp"

#include <algorithm>

namespace countersign::domain {

PictureRepeats::Kind PictureRepeats::add(ByteView picture) {
    const auto digest = crypto::sha256(picture);
    const bool again = !seen_.insert(digest).second;
    if (again && digest != last_) came_back_ = true;
    last_ = digest;
    if (!again) return Kind::fresh;
    ++repeats_;
    return Kind::repeat;
}

bool PictureRepeats::replayed() const {
    int total = 0;
    int largest = 0;
    for (const auto& [fingerprint, count] : fingerprints_) {
        total += count;
        largest = std::max(largest, count);
    }
    return came_back_ || (total >= kFewFrames && largest * 5 > total * 4);
}

}  // namespace countersign::domain
