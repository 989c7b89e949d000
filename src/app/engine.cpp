#include "app/engine.hpp"

#include <algorithm>
#include <thread>

#include "face/make_engine.hpp"

namespace countersign::app {
namespace {

std::filesystem::path decode_worker(const Config& config) {
    if (!config.face.decode_worker.empty()) return config.face.decode_worker;
    std::error_code error;
    const std::filesystem::path own = std::filesystem::read_symlink("/proc/self/exe", error);
    return own.parent_path() / "countersign-decode-worker";
}

}  // namespace

int compute_threads(const Config& config) {
    if (config.lanes.compute_threads > 0) return static_cast<int>(config.lanes.compute_threads);
    return static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

face::EngineOptions engine_options(const Config& config) {
    return {.manifest = config.face.manifest,
            .models = config.face.models,
            .runtime_library = config.face.runtime,
            .decode_worker = decode_worker(config),
            .pack = config.face.pack,
            .policy = config.face.policy,
            .previous_pack = config.face.previous_pack,
            .previous_policy = config.face.previous_policy,
            .threads = compute_threads(config)};
}

Result<std::unique_ptr<face::FaceEngine>> load_engine(const Config& config) {
    return face::make_engine(engine_options(config));
}

Result<std::unique_ptr<face::MeasuringEngine>> load_measuring_engine(const Config& config) {
    return face::make_measuring_engine(engine_options(config));
}

}  // namespace countersign::app
