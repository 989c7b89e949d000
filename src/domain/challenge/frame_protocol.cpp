#include "domain/challenge/frame_protocol.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "crypto/digest.hpp"

namespace countersign::domain {

namespace {

constexpr std::uint8_t kPictureType = 1;

template <class T>
T little_endian(ByteView bytes) {
    T value = 0;
    for (std::size_t i = sizeof(T); i-- > 0;)
        value = static_cast<T>((value << 8U) | bytes[i]);
    return value;
}

double float64(ByteView bytes) {
    return std::bit_cast<double>(little_endian<std::uint64_t>(bytes));
}

Result<void> check_labels(ByteView header) {
    if (header[0] != kPictureType) return fail(ErrorCode::invalid_argument, "unknown frame type");
    if (header[1] > 1) return fail(ErrorCode::invalid_argument, "unknown frame phase");
    if (header[1] == 0 && header[2] != 0) return fail(ErrorCode::invalid_argument, "key frame with a step");
    if (header[3] != 0) return fail(ErrorCode::invalid_argument, "unknown frame flags");
    return {};
}

Result<void> check_times(const Frame& frame) {
    const bool readable = std::isfinite(frame.capture_time_ms) && std::isfinite(frame.send_time_ms) &&
                          frame.capture_time_ms >= 0 && frame.send_time_ms >= 0;
    if (!readable) return fail(ErrorCode::invalid_argument, "frame times are not times");
    return {};
}

/// The frame at the front of `bytes`, and how many bytes it takes.
struct Front {
    Frame frame;
    std::size_t size{0};
};

Result<Front> parse_front(ByteView bytes, const FrameLimits& limits) {
    if (bytes.size() < kFrameHeaderBytes)
        return fail(ErrorCode::invalid_argument, "frame shorter than its header");
    CS_TRY(check_labels(bytes.first(kFrameHeaderBytes)));

    const auto length = little_endian<std::uint32_t>(bytes.subspan(24, 4));
    if (length == 0) return fail(ErrorCode::invalid_argument, "frame without a picture");
    if (length > limits.max_frame_bytes)
        return fail(ErrorCode::payload_too_large, "picture above the frame limit");
    const std::size_t authenticated = kFrameHeaderBytes + length;
    if (bytes.size() < authenticated + kFrameMacBytes)
        return fail(ErrorCode::invalid_argument, "frame cut short");

    Front front;
    front.size = authenticated + kFrameMacBytes;
    front.frame.phase = bytes[1] == 0 ? FramePhase::key : FramePhase::challenge;
    front.frame.step = bytes[2];
    front.frame.seq = little_endian<std::uint32_t>(bytes.subspan(4, 4));
    front.frame.capture_time_ms = float64(bytes.subspan(8, 8));
    front.frame.send_time_ms = float64(bytes.subspan(16, 8));
    front.frame.picture = bytes.subspan(kFrameHeaderBytes, length);
    front.frame.authenticated = bytes.first(authenticated);
    std::ranges::copy(bytes.subspan(authenticated, kFrameMacBytes), front.frame.mac.begin());
    CS_TRY(check_times(front.frame));
    return front;
}

void append(Bytes& to, ByteView bytes) {
    to.insert(to.end(), bytes.begin(), bytes.end());
}

}  // namespace

Result<Frame> parse_frame(ByteView message, const FrameLimits& limits) {
    auto front = CS_TRY(parse_front(message, limits));
    if (front.size != message.size()) return fail(ErrorCode::invalid_argument, "bytes after the frame");
    return front.frame;
}

Result<std::vector<Frame>> parse_batch(ByteView body, const FrameLimits& limits) {
    std::vector<Frame> frames;
    while (!body.empty()) {
        if (frames.size() == kFramesPerBatch)
            return fail(ErrorCode::invalid_argument, "more than four frames in a body");
        auto front = CS_TRY(parse_front(body, limits));
        frames.push_back(front.frame);
        body = body.subspan(front.size);
    }
    return frames;
}

FrameMac FrameChain::expected(ByteView authenticated) const {
    Bytes message = nonce_;
    for (unsigned shift = 0; shift < 32; shift += 8)
        message.push_back(static_cast<std::uint8_t>(next_seq_ >> shift));
    append(message, crypto::sha256(authenticated));
    append(message, previous_);
    const auto full = crypto::hmac_sha256(key_.view(), message);
    FrameMac mac{};
    std::copy_n(full.begin(), kFrameMacBytes, mac.begin());
    return mac;
}

Result<void> FrameChain::accept(const Frame& frame) {
    if (broken_) return fail(ErrorCode::invalid_argument, "frame chain is broken");
    broken_ = true;  // until this frame has proved itself
    if (frame.seq != next_seq_) return fail(ErrorCode::invalid_argument, "frame out of order");
    const auto mac = expected(frame.authenticated);
    if (!crypto::constant_time_equal(mac, frame.mac))
        return fail(ErrorCode::invalid_argument, "frame MAC is wrong");
    previous_ = mac;
    ++next_seq_;
    broken_ = false;
    return {};
}

}  // namespace countersign::domain
