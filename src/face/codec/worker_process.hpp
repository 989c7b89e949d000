#pragma once

#include <sys/types.h>

#include <filesystem>

#include "base/bytes.hpp"
#include "face/codec/decode.hpp"

namespace countersign::face {

/// One decode worker, started when first needed and replaced after a crash, a time-out or `frames_per_worker`
/// frames. Not thread-safe: SandboxedDecoder lends it to one thread at a time.
class WorkerProcess {
public:
    struct Options {
        std::filesystem::path executable;
        int timeout_ms{3000};
        int frames_per_worker{500};
    };

    explicit WorkerProcess(Options options) : options_(std::move(options)) {}
    ~WorkerProcess() { stop(); }
    WorkerProcess(const WorkerProcess&) = delete;
    WorkerProcess& operator=(const WorkerProcess&) = delete;

    /// Errors: unavailable (no child, or the child cannot confine itself).
    Result<void> start();

    /// Starts a child if none runs. Errors: as FaceEngine::observe.
    Result<Image> decode(ByteView encoded, Reduction reduction = Reduction::none);

    /// Ends the child and unmaps the region. Does nothing when none runs.
    void stop();

    pid_t pid() const { return pid_; }

private:
    Result<Image> exchange(ByteView encoded, Reduction reduction);
    Result<Image> take_pixels(int width, int height);

    Options options_;
    pid_t pid_{-1};
    int control_{-1};
    std::uint8_t* region_{nullptr};
    int frames_{0};
};

}  // namespace countersign::face
