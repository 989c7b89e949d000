// libFuzzer: no bytes make the picture decoders read or write outside their buffers, exceed the limits, or
// decode to another size than the header promised. Corpus: any small JPEG and WebP files.
#include <cstdint>

#include "face/codec/decode.hpp"

using namespace countersign;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView encoded(data, size);
    const auto promised = face::read_size(encoded);
    const auto decoded = face::decode(encoded);
    CS_CHECK(promised || !decoded);
    if (!decoded) return 0;
    CS_CHECK(decoded->pixels().size() <= face::kMaxDecodedBytes);
    CS_CHECK(decoded->pixels().size() == promised->rgb_bytes());
    return 0;
}
