#include "domain/capture/earlier_captures.hpp"

#include <algorithm>

namespace countersign::domain {

namespace {

/// Of 9 958 pairs of captures out of one recording, seconds apart, no pair had two such frames and two pairs
/// had one (docs/liveness.md).
constexpr std::ptrdiff_t kTooMany = 2;

}  // namespace

bool shows_an_earlier_capture(face::FaceEngine& engine, std::span<const face::Imprint> frames,
                              std::span<const face::Imprint> earlier) {
    const auto seen_before = [&](const face::Imprint& frame) {
        return std::ranges::any_of(
            earlier, [&](const face::Imprint& other) { return engine.same_picture(frame, other); });
    };
    return std::ranges::count_if(frames, seen_before) >= kTooMany;
}

}  // namespace countersign::domain
