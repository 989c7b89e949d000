#include "face/codec/sandboxed_decoder.hpp"

#include <algorithm>
#include <array>

namespace countersign::face {
namespace {

/// A JPEG start without a picture: a working child answers "broken", and anything else means it does not
/// work.
constexpr std::array<std::uint8_t, 4> kNoPicture{0xFF, 0xD8, 0xFF, 0xD9};

}  // namespace

SandboxedDecoder::SandboxedDecoder(const Options& options) {
    auto idle = idle_.lock();
    for (int i = 0; i < std::max(options.workers, 1); ++i) {
        idle->push_back(std::make_unique<WorkerProcess>(options.worker));
    }
}

Result<std::unique_ptr<SandboxedDecoder>> SandboxedDecoder::start(Options options) {
    std::unique_ptr<SandboxedDecoder> decoder(new SandboxedDecoder(options));
    auto idle = decoder->idle_.lock();
    for (auto& worker : *idle) {
        CS_TRY(worker->start());
        const auto answer = worker->decode(kNoPicture);
        if (!answer && answer.error().code != ErrorCode::invalid_argument)
            return tl::unexpected(answer.error());
    }
    return decoder;
}

Result<Image> SandboxedDecoder::decode(ByteView encoded, Reduction reduction) {
    auto worker = borrow();
    auto image = worker->decode(encoded, reduction);
    give_back(std::move(worker));
    return image;
}

std::unique_ptr<WorkerProcess> SandboxedDecoder::borrow() {
    auto idle = idle_.lock();
    returned_.wait(idle.native_lock(), [&] { return !idle->empty(); });
    auto worker = std::move(idle->back());
    idle->pop_back();
    return worker;
}

void SandboxedDecoder::give_back(std::unique_ptr<WorkerProcess> worker) {
    idle_.lock()->push_back(std::move(worker));
    returned_.notify_one();
}

}  // namespace countersign::face
