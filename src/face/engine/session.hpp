#pragma once

#include <memory>
#include <string>
#include <vector>

#include "face/engine/manifest.hpp"
#include "face/engine/onnx_runtime.hpp"
#include "face/engine/tensor.hpp"

struct OrtMemoryInfo;
struct OrtSession;
struct OrtSessionOptions;
struct OrtValue;

namespace countersign::face {

/// One net, ready to run on one intra-op thread: parallelism comes from running several frames at once.
/// Threads: `run` is safe to call in parallel.
/// The runtime must outlive the session. Its scratch memory is reused and cannot be wiped by us.
class Session {
public:
    struct Output {
        std::string name;
        std::size_t size{0};  // expected number of values
    };

    /// Reads `folder`/`model.file`, checks its hash and builds the net. `self_test` proves it.
    /// Errors: unavailable, naming the model.
    static Result<std::unique_ptr<Session>> load(const OnnxRuntime& runtime,
                                                 const std::filesystem::path& folder, const ModelEntry& model,
                                                 std::vector<Output> outputs);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    const InputFormat& input() const { return model_.input; }

    /// One tensor per declared output, in order. Errors: unavailable.
    Result<std::vector<Tensor>> run(const Tensor& input) const;

    /// Runs the known-answer test. Errors: unavailable, naming the model.
    Result<void> self_test() const;

    /// The outputs for the fixed noise picture, sampled as the manifest stores them: for making a new
    /// manifest entry.
    Result<std::vector<float>> known_answer(std::size_t count) const;

private:
    Session(const OnnxRuntime& runtime, ModelEntry model, std::vector<Output> outputs);
    Result<void> build(ByteView bytes);
    Result<Tensor> copy_output(OrtValue* value, const Output& expected) const;

    const OnnxRuntime& runtime_;
    ModelEntry model_;
    std::vector<Output> outputs_;
    OrtMemoryInfo* memory_{nullptr};
    OrtSessionOptions* options_{nullptr};
    OrtSession* session_{nullptr};
};

}  // namespace countersign::face
