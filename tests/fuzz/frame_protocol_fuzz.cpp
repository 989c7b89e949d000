// libFuzzer: the parsers of the binary frame protocol never read outside their input, and a frame that parses
// alone parses the same in a batch. Built only with -DCOUNTERSIGN_FUZZ=ON and clang.
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
