#include "face/make_engine.hpp"

#include <fmt/format.h>

#include "face/engine/policy.hpp"
#include "face/onnx_face_engine.hpp"

namespace countersign::face {
namespace {

std::vector<ModelIdentity> identities(const Pack& pack) {
    return {{"detector", pack.detector.id(), pack.detector.sha256},
            {"landmark", pack.landmark.id(), pack.landmark.sha256},
            {"embedding", pack.embedding.id(), pack.embedding.sha256},
            {"pad", pack.pad.id(), pack.pad.sha256}};
}

/// A pack with the same embedding has nobody to lead over: naming it is a mistake that would go unnoticed.
Result<std::unique_ptr<PreviousModel>> load_previous(const EngineOptions& options, const Pack& current,
                                                     const OnnxRuntime& runtime) {
    if (options.previous_pack.empty()) return std::unique_ptr<PreviousModel>();
    auto pack = CS_TRY(read_pack(options.manifest, options.previous_pack));
    if (pack.embedding.id() == current.embedding.id()) {
        return fail(
            ErrorCode::unavailable,
            fmt::format("face.previous_pack: pack {} makes the same templates ({}) as face.pack: leave it "
                        "empty",
                        options.previous_pack, pack.embedding.id()));
    }
    CS_TRY(apply_policy(options.previous_policy, pack));
    auto previous = std::make_unique<PreviousModel>();
    previous->id = pack.embedding.id();
    previous->embedding = CS_TRY(EmbeddingNet::load(runtime, options.models, pack.embedding));
    previous->limits = std::move(pack.limits);
    return previous;
}

Result<std::unique_ptr<OnnxFaceEngine>> assemble(const EngineOptions& options) {
    auto parts = CS_TRY(load_parts(options));
    auto engine = std::make_unique<OnnxFaceEngine>(std::move(parts));
    CS_TRY(engine->self_test());
    return engine;
}

}  // namespace

Result<EngineParts> load_parts(const EngineOptions& options) {
    auto pack = CS_TRY(read_pack(options.manifest, options.pack));
    CS_TRY(apply_policy(options.policy, pack));
    EngineParts parts;
    parts.limits = pack.limits;
    parts.embedding_model = pack.embedding.id();
    parts.models = identities(pack);
    parts.runtime = CS_TRY(OnnxRuntime::load(options.runtime_library, pack.runtime_sha256));
    const OnnxRuntime& runtime = *parts.runtime;
    parts.detector =
        CS_TRY(Detector::load(runtime, options.models, pack.detector, pack.limits.detector_score));
    parts.quick_detector =
        CS_TRY(Detector::load(runtime, options.models, pack.quick_detector, pack.limits.detector_score));
    parts.landmarks = CS_TRY(LandmarkNet::load(runtime, options.models, pack.landmark));
    parts.embedding = CS_TRY(EmbeddingNet::load(runtime, options.models, pack.embedding));
    parts.previous = CS_TRY(load_previous(options, pack, runtime));
    parts.attacks = CS_TRY(AttackDetector::load(runtime, options.models, pack.pad));
    parts.decoder = CS_TRY(SandboxedDecoder::start(
        {.worker = {.executable = options.decode_worker}, .workers = options.threads}));
    return parts;
}

Result<std::unique_ptr<FaceEngine>> make_engine(const EngineOptions& options) {
    return assemble(options);
}

Result<std::unique_ptr<MeasuringEngine>> make_measuring_engine(const EngineOptions& options) {
    EngineOptions alone = options;
    alone.previous_pack.clear();
    return assemble(alone);
}

}  // namespace countersign::face
