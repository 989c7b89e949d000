#pragma once

#include <cstddef>
#include <cstdint>

#include "face/codec/decode.hpp"

namespace countersign::face::worker {

// Between the server and a decode worker: one shared memory region and one SOCK_SEQPACKET pair. The server
// writes the picture to the start of the region and sends a Request; the worker writes RGB pixels at
// kPixelOffset and answers with a Reply. The server believes nothing in a reply that it has not checked
// against the limits.

constexpr int kControlFd = 3;
constexpr int kRegionFd = 4;
constexpr std::size_t kPixelOffset = kMaxEncodedBytes;
constexpr std::size_t kRegionBytes = kPixelOffset + kMaxDecodedBytes;

struct Request {
    std::uint32_t encoded_bytes{0};
    Reduction reduction{Reduction::none};
};

enum class Status : std::uint32_t { decoded, broken, too_large, unsupported, failed };

struct Reply {
    Status status{Status::failed};
    std::int32_t width{0};
    std::int32_t height{0};
};

}  // namespace countersign::face::worker
