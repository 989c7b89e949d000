#pragma once

#include <bit>
#include <cstdint>
#include <string_view>

#include "domain/challenge/frame_protocol.hpp"

namespace countersign::testing {

/// What a capture page sends: frames with correct headers, sequence numbers and MAC chain. For tests only.
class FrameBuilder {
public:
    FrameBuilder(ByteView key, Bytes nonce) : chain_(SecretBytes(key), std::move(nonce)) {}

    struct Label {
        std::uint8_t phase{0};
        std::uint8_t step{0};
        double capture_time_ms{1000};
        double send_time_ms{1010};
    };

    static Label key() { return {}; }
    static Label challenge(int step) { return {.phase = 1, .step = static_cast<std::uint8_t>(step)}; }

    /// Header and picture with sequence number `seq`, still without MAC.
    static Bytes unsigned_frame(Label label, std::uint32_t seq, std::string_view picture) {
        Bytes out{1, label.phase, label.step, 0};
        put(out, seq);
        put(out, std::bit_cast<std::uint64_t>(label.capture_time_ms));
        put(out, std::bit_cast<std::uint64_t>(label.send_time_ms));
        put(out, static_cast<std::uint32_t>(picture.size()));
        out.insert(out.end(), picture.begin(), picture.end());
        return out;
    }

    /// The next frame of the chain.
    Bytes next(Label label, std::string_view picture) {
        Bytes out = unsigned_frame(label, chain_.accepted(), picture);
        const auto mac = chain_.expected(out);
        out.insert(out.end(), mac.begin(), mac.end());
        const auto frame = domain::parse_frame(out, {.max_frame_bytes = UINT32_MAX});
        if (frame) static_cast<void>(chain_.accept(*frame));
        return out;
    }

private:
    template <class T>
    static void put(Bytes& out, T value) {
        for (std::size_t i = 0; i < sizeof(T); ++i)
            out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
    }

    domain::FrameChain chain_;
};

}  // namespace countersign::testing
