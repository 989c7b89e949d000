#include "face/codec/worker.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>

#include "face/codec/confine.hpp"
#include "face/codec/worker_protocol.hpp"

namespace countersign::face {
namespace {

worker::Status status_of(const Error& error) {
    switch (error.code) {
        case ErrorCode::invalid_argument:
            return worker::Status::broken;
        case ErrorCode::payload_too_large:
            return worker::Status::too_large;
        case ErrorCode::unsupported_media:
            return worker::Status::unsupported;
        default:
            return worker::Status::failed;
    }
}

worker::Reply answer(const worker::Request& request, std::span<std::uint8_t> region) {
    if (request.encoded_bytes > kMaxEncodedBytes) return {worker::Status::too_large, 0, 0};
    const auto encoded = region.first(request.encoded_bytes);
    const auto size = decode_into(encoded, region.subspan(worker::kPixelOffset), request.reduction);
    if (!size) return {status_of(size.error()), 0, 0};
    return {worker::Status::decoded, size->width, size->height};
}

}  // namespace

int run_decode_worker(int control_fd, int region_fd) {
    void* mapped = mmap(nullptr, worker::kRegionBytes, PROT_READ | PROT_WRITE, MAP_SHARED, region_fd, 0);
    if (mapped == MAP_FAILED || close(region_fd) != 0) return 2;
    if (!confine_this_process(control_fd)) return 3;

    const std::span region(static_cast<std::uint8_t*>(mapped), worker::kRegionBytes);
    worker::Request request;
    while (read(control_fd, &request, sizeof request) == static_cast<ssize_t>(sizeof request)) {
        const auto reply = answer(request, region);
        if (write(control_fd, &reply, sizeof reply) != static_cast<ssize_t>(sizeof reply)) return 4;
    }
    return 0;
}

}  // namespace countersign::face
