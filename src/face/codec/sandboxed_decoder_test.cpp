#include "face/codec/sandboxed_decoder.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "face/codec/decode.hpp"
#include "tests/support/pictures.hpp"

namespace countersign::face {
namespace {

using testing::ramp;
using testing::to_jpeg;
using testing::to_webp;

WorkerProcess::Options real_worker() {
    return {.executable = COUNTERSIGN_DECODE_WORKER};
}
WorkerProcess::Options taken_over_worker() {
    return {.executable = COUNTERSIGN_SANDBOX_PROBE, .timeout_ms = 500};
}

/// A "picture" that makes the taken-over worker try something.
Bytes wish(char what) {
    return {0xFF, 0xD8, 0xFF, 0xE0, static_cast<std::uint8_t>(what)};
}

TEST(SandboxedDecoder, GivesThePixelsOfThePlainDecoder) {
    auto decoder = SandboxedDecoder::start({.worker = real_worker()});
    ASSERT_TRUE(decoder.has_value()) << decoder.error().detail;

    for (const auto& encoded : {to_jpeg(ramp(640, 480)), to_webp(ramp(33, 57))}) {
        const auto sandboxed = (*decoder)->decode(encoded);

        ASSERT_TRUE(sandboxed.has_value()) << sandboxed.error().detail;
        EXPECT_TRUE(std::ranges::equal(sandboxed->pixels(), decode(encoded)->pixels()));
    }
}

TEST(SandboxedDecoder, GivesTheErrorsOfThePlainDecoder) {
    auto decoder = SandboxedDecoder::start({.worker = real_worker()}).value();
    Bytes truncated = to_jpeg(ramp(64, 64));
    truncated.resize(truncated.size() / 2);
    Bytes bomb = to_webp(ramp(16, 16));
    bomb[26] = bomb[28] = 0xFF;
    bomb[27] = bomb[29] = 0x3F;

    EXPECT_EQ(decoder->decode(truncated).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(decoder->decode(bomb).error().code, ErrorCode::payload_too_large);
    EXPECT_EQ(decoder->decode(as_bytes("no picture")).error().code, ErrorCode::unsupported_media);
    EXPECT_EQ(decoder->decode(Bytes(kMaxEncodedBytes + 1)).error().code, ErrorCode::payload_too_large);
    EXPECT_TRUE(decoder->decode(to_jpeg(ramp(16, 16))).has_value()) << "and still works";
}

TEST(SandboxedDecoder, KillsAWorkerThatReachesOutAndServesTheNextPicture) {
    auto decoder = SandboxedDecoder::start({.worker = taken_over_worker()}).value();

    for (const char attack : {'s', 'o', 'e', 'f', 'k', 'w', 'x'}) {
        EXPECT_EQ(decoder->decode(wish(attack)).error().code, ErrorCode::unavailable) << attack;
        EXPECT_EQ(decoder->decode(wish('-')).error().code, ErrorCode::invalid_argument)
            << "a new worker answers after " << attack;
    }
}

TEST(SandboxedDecoder, GivesUpOnAWorkerThatHangs) {
    auto decoder = SandboxedDecoder::start({.worker = taken_over_worker()}).value();

    EXPECT_EQ(decoder->decode(wish('h')).error().code, ErrorCode::unavailable);
    EXPECT_EQ(decoder->decode(wish('-')).error().code, ErrorCode::invalid_argument);
}

TEST(SandboxedDecoder, DoesNotBelieveASizeBeyondTheRegion) {
    auto decoder = SandboxedDecoder::start({.worker = taken_over_worker()}).value();

    EXPECT_EQ(decoder->decode(wish('l')).error().code, ErrorCode::unavailable);
}

TEST(SandboxedDecoder, DoesNotStartWithoutItsWorker) {
    EXPECT_EQ(SandboxedDecoder::start({.worker = {.executable = "/nonexistent/worker"}}).error().code,
              ErrorCode::unavailable);
    EXPECT_EQ(SandboxedDecoder::start({.worker = {.executable = "/bin/true"}}).error().code,
              ErrorCode::unavailable)
        << "a program that is no worker must be noticed at start";
}

TEST(SandboxedDecoder, ServesMoreThreadsThanWorkers) {
    auto decoder = SandboxedDecoder::start({.worker = real_worker(), .workers = 2}).value();
    const Bytes jpeg = to_jpeg(ramp(320, 240));
    std::atomic<int> good{0};

    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            for (int round = 0; round < 10; ++round)
                good += decoder->decode(jpeg).has_value() ? 1 : 0;
        });
    }
    for (auto& thread : threads)
        thread.join();

    EXPECT_EQ(good, 80);
}

TEST(WorkerProcess, IsReplacedAfterItsShareOfFrames) {
    auto options = real_worker();
    options.frames_per_worker = 2;
    WorkerProcess worker(options);
    const Bytes jpeg = to_jpeg(ramp(16, 16));
    ASSERT_TRUE(worker.decode(jpeg).has_value());
    const auto first = worker.pid();

    ASSERT_TRUE(worker.decode(jpeg).has_value());
    EXPECT_EQ(worker.pid(), first);
    ASSERT_TRUE(worker.decode(jpeg).has_value());
    EXPECT_NE(worker.pid(), first);
}

TEST(WorkerProcess, ComesBackAfterItWasKilled) {
    WorkerProcess worker(real_worker());
    ASSERT_TRUE(worker.start().has_value());
    kill(worker.pid(), SIGKILL);

    EXPECT_EQ(worker.decode(to_jpeg(ramp(16, 16))).error().code, ErrorCode::unavailable);
    EXPECT_TRUE(worker.decode(to_jpeg(ramp(16, 16))).has_value());
}

TEST(WorkerProcess, StartsWhateverDescriptorNumbersAreFree) {
    // Socket and region get the lowest free numbers, which in a busy server can be any.
    std::vector<int> taken;
    for (int i = 0; i < 12; ++i) {
        WorkerProcess worker(real_worker());
        ASSERT_TRUE(worker.decode(to_jpeg(ramp(16, 16))).has_value()) << "with " << i << " more files open";
        taken.push_back(open("/dev/null", O_RDONLY | O_CLOEXEC));
    }
    for (const int fd : taken)
        close(fd);
}

}  // namespace
}  // namespace countersign::face
