#pragma once

#include <map>
#include <set>

#include "crypto/digest.hpp"
#include "domain/challenge/frame_protocol.hpp"

namespace countersign::domain {

/// Finds frozen and replayed pictures within one capture (threat T16).
///
/// A camera never delivers the same bytes twice, but a page may send one camera frame twice when the camera
/// is slower than the page. So a repeat of the picture just before is no news and no crime; many of them, or
/// an older picture coming back, are.
///
/// Threads: one.
class PictureRepeats {
public:
    enum class Kind { fresh, repeat };

    /// To be asked before a picture is decoded; a repeat carries no information and must not count.
    Kind add(ByteView picture);

    /// To be told what a fresh challenge picture looked like.
    void observed_challenge(std::uint64_t fingerprint) { ++fingerprints_[fingerprint]; }

    /// The source is a still: so many repeats that waiting for more is useless.
    bool frozen() const { return repeats_ >= kFrozenRepeats; }

    /// For a capture with an active challenge: an older picture came back, or (from five frames on) more than
    /// four of five challenge frames look exactly alike, although the light on the face changed.
    bool replayed() const;

private:
    static constexpr int kFrozenRepeats = 12;
    static constexpr int kFewFrames = 5;

    std::set<crypto::Digest32> seen_;
    crypto::Digest32 last_{};
    int repeats_{0};
    bool came_back_{false};
    std::map<std::uint64_t, int> fingerprints_;
};

}  // namespace countersign::domain
