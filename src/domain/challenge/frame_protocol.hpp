#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/bytes.hpp"
#include "domain/challenge/rules.hpp"

namespace countersign::domain {

inline constexpr std::size_t kFrameHeaderBytes = 28;
inline constexpr std::size_t kFrameMacBytes = 16;
inline constexpr std::size_t kFramesPerBatch = 4;

using FrameMac = std::array<std::uint8_t, kFrameMacBytes>;

enum class FramePhase : std::uint8_t { key = 0, challenge = 1 };

/// One binary message of docs/protocol/capture.md. The views point into the received message, which must
/// outlive it.
struct Frame {
    FramePhase phase{FramePhase::key};
    std::uint8_t step{0};  // claimed index of the step on the screen; 0 in the key phase
    std::uint32_t seq{0};
    double capture_time_ms{0};  // page clock: a claim, never used to decide
    double send_time_ms{0};     // page clock
    ByteView picture;           // JPEG or WebP, not yet looked at
    ByteView authenticated;     // header and picture: what the MAC covers
    FrameMac mac{};
};

/// Reads exactly one frame: the message ends where the frame ends.
/// Errors: invalid_argument (type, phase, step, flags, times or length wrong, or bytes left over),
///         payload_too_large (picture above the limit).
Result<Frame> parse_frame(ByteView message, const FrameLimits& limits);

/// Reads the body of `POST frames`: 0 to 4 frames one after the other, nothing else.
/// Errors: as parse_frame; invalid_argument for a fifth frame.
Result<std::vector<Frame>> parse_batch(ByteView body, const FrameLimits& limits);

/// Checks that frames arrive complete, in order and made for this capture:
/// mac_i = first half of HMAC-SHA-256(key, nonce ‖ u32 seq ‖ SHA-256(header ‖ picture) ‖ mac_{i−1}).
/// It binds the transport to the nonce; it does not prove a camera. A broken chain stays broken.
///
/// Threads: one.
class FrameChain {
public:
    FrameChain(SecretBytes key, Bytes nonce) : key_(std::move(key)), nonce_(std::move(nonce)) {}

    /// Errors: invalid_argument (sequence number or MAC wrong; compared in constant time).
    Result<void> accept(const Frame& frame);

    /// The MAC a correct sender puts on its next frame. `authenticated`: header and picture.
    FrameMac expected(ByteView authenticated) const;

    std::uint32_t accepted() const { return next_seq_; }

private:
    SecretBytes key_;
    Bytes nonce_;
    FrameMac previous_{};
    std::uint32_t next_seq_{0};
    bool broken_{false};
};

}  // namespace countersign::domain
