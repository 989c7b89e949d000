#include "domain/challenge/frame_protocol.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

#include "tests/support/frame_builder.hpp"

namespace countersign::domain {
namespace {

using testing::FrameBuilder;

const Bytes kKey(32, 0x11);
const Bytes kNonce(16, 0x22);
const FrameLimits kLimits;

Bytes key_frame(std::string_view picture = "picture") {
    return FrameBuilder(kKey, kNonce).next(FrameBuilder::key(), picture);
}

Bytes with_byte(Bytes message, std::size_t at, std::uint8_t value) {
    message[at] = value;
    return message;
}

ErrorCode error_of(ByteView message) {
    const auto frame = parse_frame(message, kLimits);
    EXPECT_FALSE(frame.has_value());
    return frame ? ErrorCode::internal : frame.error().code;
}

TEST(Frame, ReadsEveryFieldOfTheHeader) {
    const auto message = FrameBuilder::unsigned_frame(
        {.phase = 1, .step = 4, .capture_time_ms = 12.5, .send_time_ms = 14.25}, 0x01020304, "JPEG");
    Bytes whole = message;
    whole.insert(whole.end(), kFrameMacBytes, 0xAB);

    const auto frame = parse_frame(whole, kLimits);

    ASSERT_TRUE(frame.has_value());
    EXPECT_EQ(frame->phase, FramePhase::challenge);
    EXPECT_EQ(frame->step, 4);
    EXPECT_EQ(frame->seq, 0x01020304U);
    EXPECT_EQ(frame->capture_time_ms, 12.5);
    EXPECT_EQ(frame->send_time_ms, 14.25);
    EXPECT_EQ(as_text(frame->picture), "JPEG");
    EXPECT_EQ(frame->authenticated.size(), message.size());
    EXPECT_EQ(frame->mac.front(), 0xAB);
}

TEST(Frame, RefusesUnknownLabels) {
    EXPECT_EQ(error_of(with_byte(key_frame(), 0, 2)), ErrorCode::invalid_argument) << "type";
    EXPECT_EQ(error_of(with_byte(key_frame(), 1, 2)), ErrorCode::invalid_argument) << "phase";
    EXPECT_EQ(error_of(with_byte(key_frame(), 2, 1)), ErrorCode::invalid_argument) << "step in the key phase";
    EXPECT_EQ(error_of(with_byte(key_frame(), 3, 1)), ErrorCode::invalid_argument) << "flags";
}

TEST(Frame, RefusesEveryTruncation) {
    const auto whole = key_frame();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        EXPECT_EQ(error_of(ByteView(whole).first(size)), ErrorCode::invalid_argument) << size;
    }
}

TEST(Frame, RefusesBytesAfterTheEnd) {
    auto message = key_frame();
    message.push_back(0);
    EXPECT_EQ(error_of(message), ErrorCode::invalid_argument);
}

TEST(Frame, RefusesAnEmptyPictureAndOneAboveTheLimit) {
    EXPECT_EQ(error_of(key_frame("")), ErrorCode::invalid_argument);
    const std::string largest(kLimits.max_frame_bytes, 'x');
    EXPECT_TRUE(parse_frame(key_frame(largest), kLimits).has_value());
    EXPECT_EQ(error_of(key_frame(largest + "x")), ErrorCode::payload_too_large);
}

TEST(Frame, RefusesALengthThatOverflows) {
    auto message = key_frame();
    for (std::size_t i = 24; i < 28; ++i)
        message[i] = 0xFF;
    EXPECT_EQ(error_of(message), ErrorCode::payload_too_large);
}

TEST(Frame, RefusesTimesThatAreNotTimes) {
    for (const double time :
         {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(), -1.0}) {
        FrameBuilder builder(kKey, kNonce);
        EXPECT_EQ(error_of(builder.next({.capture_time_ms = time}, "p")), ErrorCode::invalid_argument)
            << time;
        EXPECT_EQ(error_of(builder.next({.send_time_ms = time}, "p")), ErrorCode::invalid_argument) << time;
    }
}

Bytes batch_of(int frames) {
    FrameBuilder builder(kKey, kNonce);
    Bytes body;
    for (int i = 0; i < frames; ++i) {
        const auto frame = builder.next(FrameBuilder::key(), fmt::format("picture {}", i));
        body.insert(body.end(), frame.begin(), frame.end());
    }
    return body;
}

TEST(Batch, HoldsUpToFourFramesAndMayBeEmpty) {
    EXPECT_EQ(parse_batch({}, kLimits).value().size(), 0U);
    const auto body = batch_of(4);
    const auto frames = parse_batch(body, kLimits);
    ASSERT_TRUE(frames.has_value());
    ASSERT_EQ(frames->size(), 4U);
    EXPECT_EQ(as_text(frames->back().picture), "picture 3");
}

TEST(Batch, RefusesAFifthFrameAndALooseEnd) {
    EXPECT_EQ(parse_batch(batch_of(5), kLimits).error().code, ErrorCode::invalid_argument);
    auto body = batch_of(2);
    body.pop_back();
    EXPECT_EQ(parse_batch(body, kLimits).error().code, ErrorCode::invalid_argument);
}

Result<void> accept(FrameChain& chain, ByteView message) {
    const auto frame = CS_TRY(parse_frame(message, kLimits));
    return chain.accept(frame);
}

class Chain : public ::testing::Test {
protected:
    FrameChain chain_{SecretBytes(kKey), kNonce};
    FrameBuilder sender_{kKey, kNonce};
};

TEST_F(Chain, AcceptsFramesInOrder) {
    EXPECT_TRUE(accept(chain_, sender_.next(FrameBuilder::key(), "a")).has_value());
    EXPECT_TRUE(accept(chain_, sender_.next(FrameBuilder::key(), "b")).has_value());
    EXPECT_TRUE(accept(chain_, sender_.next(FrameBuilder::challenge(0), "c")).has_value());
    EXPECT_EQ(chain_.accepted(), 3U);
}

TEST_F(Chain, RefusesAMissingFrame) {
    static_cast<void>(sender_.next(FrameBuilder::key(), "lost"));
    EXPECT_FALSE(accept(chain_, sender_.next(FrameBuilder::key(), "b")).has_value());
}

TEST_F(Chain, RefusesTheSameFrameTwice) {
    const auto frame = sender_.next(FrameBuilder::key(), "a");
    EXPECT_TRUE(accept(chain_, frame).has_value());
    EXPECT_FALSE(accept(chain_, frame).has_value());
}

TEST_F(Chain, RefusesFramesMadeForAnotherNonceOrKey) {
    FrameBuilder earlier_capture(kKey, Bytes(16, 0x33));
    EXPECT_FALSE(accept(chain_, earlier_capture.next(FrameBuilder::key(), "a")).has_value());
    FrameChain fresh{SecretBytes(kKey), kNonce};
    FrameBuilder other_key(Bytes(32, 0x44), kNonce);
    EXPECT_FALSE(accept(fresh, other_key.next(FrameBuilder::key(), "a")).has_value());
}

TEST_F(Chain, CoversEveryByteOfHeaderPictureAndMac) {
    const auto frame = sender_.next(FrameBuilder::challenge(1), "abc");
    for (std::size_t i = 0; i < frame.size(); ++i) {
        FrameChain fresh{SecretBytes(kKey), kNonce};
        EXPECT_FALSE(accept(fresh, with_byte(frame, i, static_cast<std::uint8_t>(frame[i] ^ 1U))).has_value())
            << i;
    }
}

TEST_F(Chain, StaysBrokenAfterTheFirstError) {
    const auto good = sender_.next(FrameBuilder::key(), "a");
    EXPECT_FALSE(accept(chain_, with_byte(good, 30, 0)).has_value());
    EXPECT_FALSE(accept(chain_, good).has_value());
    EXPECT_EQ(chain_.accepted(), 0U);
}

TEST_F(Chain, MatchesTheDefinitionOfTheContract) {
    // HMAC-SHA-256 computed with Python's hmac module from docs/protocol/capture.md: first frame, all inputs
    // empty or zero.
    FrameChain zero{SecretBytes(Bytes(32, 0)), Bytes(16, 0)};
    EXPECT_EQ(to_hex(zero.expected({})), "68eb82b8db80eb0ae057acc19f9f5dd9");
}

RC_GTEST_PROP(FrameProperty, RoundTripsWhatASenderBuilds, ()) {
    const auto phase = *rc::gen::inRange<int>(0, 2);
    const auto step = phase == 0 ? 0 : *rc::gen::inRange<int>(0, 256);
    const auto seq = *rc::gen::arbitrary<std::uint32_t>();
    const auto picture = *rc::gen::nonEmpty(rc::gen::string<std::string>());
    const auto time = static_cast<double>(*rc::gen::inRange<int>(0, 1'000'000)) / 8;
    Bytes message = FrameBuilder::unsigned_frame({.phase = static_cast<std::uint8_t>(phase),
                                                  .step = static_cast<std::uint8_t>(step),
                                                  .capture_time_ms = time,
                                                  .send_time_ms = time + 1},
                                                 seq, picture);
    message.resize(message.size() + kFrameMacBytes);

    const auto frame = parse_frame(message, kLimits);

    RC_ASSERT(frame.has_value());
    RC_ASSERT(frame->seq == seq);
    RC_ASSERT(frame->step == step);
    RC_ASSERT(as_text(frame->picture) == picture);
    RC_ASSERT(frame->send_time_ms == time + 1);
}

RC_GTEST_PROP(FrameProperty, NeverReadsOutsideArbitraryBytes, (const Bytes& bytes)) {
    const auto frame = parse_frame(bytes, kLimits);
    if (frame) RC_ASSERT(frame->picture.size() + kFrameHeaderBytes + kFrameMacBytes == bytes.size());
    const auto batch = parse_batch(bytes, kLimits);
    if (batch) RC_ASSERT(batch->size() <= kFramesPerBatch);
}

}  // namespace
}  // namespace countersign::domain
