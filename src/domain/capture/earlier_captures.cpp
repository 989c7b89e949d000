#include "domain/capture/earlier_captures.hpp"

#include <algorithm>

namespace countersign::domain {

namespace {

/// One likeness may be chance; a certain one is none. Measured in docs/liveness.md.
constexpr int kTooMany = 2;

int weight_of(face::SamePicture same) {
    switch (same) {
        case face::SamePicture::no:
            return 0;
        case face::SamePicture::likely:
            return 1;
        case face::SamePicture::certain:
            return kTooMany;
    }
    return kTooMany;
}

}  // namespace

bool shows_an_earlier_capture(face::FaceEngine& engine, std::span<const face::Imprint> frames,
                              std::span<const face::Imprint> earlier) {
    int sum = 0;
    for (const auto& frame : frames) {
        int most = 0;
        for (const auto& other : earlier)
            most = std::max(most, weight_of(engine.same_picture(frame, other)));
        sum += most;
    }
    return sum >= kTooMany;
}

}  // namespace countersign::domain
