// libFuzzer target for the binary frame protocol: no input may be read outside its bounds, and a frame that
// parses alone parses the same in a batch.
//   clang++-19 -std=gnu++20 -g -O1 -fsanitize=fuzzer,address,undefined -Isrc
//   tests/fuzz/frame_protocol_fuzz.cpp
//     src/domain/challenge/frame_protocol.cpp src/crypto/digest.cpp src/base/*.cpp (without *_test.cpp)
//     -lcrypto -lsodium -lfmt -lboost_json
#include <cstdint>
#include <cstdlib>

#include "domain/challenge/frame_protocol.hpp"

using namespace countersign;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView input(data, size);
    const domain::FrameLimits limits;
    const auto frame = domain::parse_frame(input, limits);
    const auto batch = domain::parse_batch(input, limits);
    if (frame && (!batch || batch->size() != 1 || batch->front().seq != frame->seq)) std::abort();
    if (frame) {
        domain::FrameChain chain(SecretBytes(Bytes(32, 1)), Bytes(16, 2));
        if (chain.accept(*frame)) std::abort();  // a fuzzer does not find a MAC
    }
    return 0;
}
