#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "base/result.hpp"

struct OrtApi;
struct OrtEnv;
struct OrtStatus;

namespace countersign::face {

/// The ONNX Runtime library, opened at run time because its symbols are bound to one exact version.
/// Lives as long as every Session made with it. The library itself stays loaded: it does not support
/// unloading. Threads: safe after `load`.
class OnnxRuntime {
public:
    /// Checks the hash, opens the library and creates its environment with logging off.
    /// Errors: unavailable (missing, wrong hash, not loadable, API too old).
    static Result<std::unique_ptr<OnnxRuntime>> load(const std::filesystem::path& library,
                                                     const std::string& sha256);
    ~OnnxRuntime();
    OnnxRuntime(const OnnxRuntime&) = delete;
    OnnxRuntime& operator=(const OnnxRuntime&) = delete;

    const OrtApi& api() const { return *api_; }
    OrtEnv* environment() const { return environment_; }

    /// Turns a status of the C API into a Result and releases it.
    Result<void> check(OrtStatus* status, const std::string& what) const;

private:
    explicit OnnxRuntime(const OrtApi* api) : api_(api) {}
    const OrtApi* api_;
    OrtEnv* environment_{nullptr};
};

}  // namespace countersign::face
