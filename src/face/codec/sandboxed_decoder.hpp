#pragma once

#include <condition_variable>
#include <memory>
#include <vector>

#include "base/guarded.hpp"
#include "face/codec/worker_process.hpp"

namespace countersign::face {

/// Decodes pictures in confined child processes, so that a flaw in a codec ends a child and not the server.
///
/// Holds `workers` children (one per compute thread); a call borrows one and waits while all are busy.
/// Errors:  as FaceEngine::observe; a crash or a time-out is `unavailable` for that picture, the next gets a
/// new child. Threads: safe; blocks up to the time limit; compute lane only. Source:  threat T22, requirement
/// S8, ADR 0014.
class SandboxedDecoder {
public:
    struct Options {
        WorkerProcess::Options worker;
        int workers{1};
    };

    /// Starts every child, so that a wrong path or a kernel without seccomp is found at start.
    static Result<std::unique_ptr<SandboxedDecoder>> start(Options options);

    Result<Image> decode(ByteView encoded, Reduction reduction = Reduction::none);

private:
    explicit SandboxedDecoder(const Options& options);
    std::unique_ptr<WorkerProcess> borrow();
    void give_back(std::unique_ptr<WorkerProcess> worker);

    Guarded<std::vector<std::unique_ptr<WorkerProcess>>> idle_;
    std::condition_variable returned_;
};

}  // namespace countersign::face
