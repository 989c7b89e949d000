#include "face/engine/onnx_runtime.hpp"

#include <dlfcn.h>
#include <fmt/format.h>
#include <onnxruntime_c_api.h>
#include <stdlib.h>

#include "face/engine/verified_file.hpp"

namespace countersign::face {

Result<std::unique_ptr<OnnxRuntime>> OnnxRuntime::load(const std::filesystem::path& library,
                                                       const std::string& sha256) {
    CS_TRY(read_verified(library, sha256));
    // The library brings a sender of usage events that starts before its own switch can be reached, keeps a
    // device id on disk and calls its maker. It reads this variable first. Engines are made at start, by one
    // thread.
    ::setenv("ORT_DISABLE_TELEMETRY", "1", 1);
    void* handle = dlopen(std::filesystem::absolute(library).c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) {
        return fail(ErrorCode::unavailable, fmt::format("cannot load {}: {}", library.string(), dlerror()));
    }
    const auto get_base = reinterpret_cast<const OrtApiBase* (*)()>(dlsym(handle, "OrtGetApiBase"));
    const OrtApi* api = get_base != nullptr ? get_base()->GetApi(ORT_API_VERSION) : nullptr;
    if (api == nullptr) return fail(ErrorCode::unavailable, fmt::format("{} is too old", library.string()));
    std::unique_ptr<OnnxRuntime> runtime(new OnnxRuntime(api));
    // Only fatal messages: lesser ones could describe inputs.
    CS_TRY(runtime->check(api->CreateEnv(ORT_LOGGING_LEVEL_FATAL, "countersign", &runtime->environment_),
                          "create the environment"));
    CS_TRY(runtime->check(api->DisableTelemetryEvents(runtime->environment_), "switch telemetry off"));
    return runtime;
}

OnnxRuntime::~OnnxRuntime() {
    if (environment_ != nullptr) api_->ReleaseEnv(environment_);
}

Result<void> OnnxRuntime::check(OrtStatus* status, const std::string& what) const {
    if (status == nullptr) return {};
    auto error = fail(ErrorCode::unavailable,
                      fmt::format("ONNX Runtime: {}: {}", what, api_->GetErrorMessage(status)));
    api_->ReleaseStatus(status);
    return error;
}

}  // namespace countersign::face
