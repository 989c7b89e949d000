#include <fmt/ranges.h>

#include "face/engine/detector.hpp"

// countersign_known_answers MANIFEST MODELS_FOLDER RUNTIME_LIBRARY [PACK]
// Prints the known-answer vector of every model of a pack, for a new entry in models/manifest.toml.

namespace countersign::face {
namespace {

constexpr std::size_t kSamples = 16;

std::vector<Session::Output> outputs_of(const ModelEntry& model) {
    if (model.kind == "ultra_light_heads") return detector_outputs(model.input);
    if (model.kind == "landmarks_68") return {{"output", 136}};
    if (model.kind == "embedding") return {{"output", model.embedding.values}};
    return {{"output", 3}};
}

Result<void> print_answers(int argc, char** argv) {
    if (argc < 4)
        return fail(ErrorCode::invalid_argument, "usage: MANIFEST MODELS_FOLDER RUNTIME_LIBRARY [PACK]");
    const auto pack = CS_TRY(read_pack(argv[1], argc > 4 ? argv[4] : "default"));
    const auto runtime = CS_TRY(OnnxRuntime::load(argv[3], pack.runtime_sha256));
    for (const auto* model :
         {&pack.detector, &pack.quick_detector, &pack.landmark, &pack.embedding, &pack.pad}) {
        const auto session = CS_TRY(Session::load(*runtime, argv[2], *model, outputs_of(*model)));
        const auto answer = CS_TRY(session->known_answer(kSamples));
        fmt::print("[model.{}]\nknown_answer = [{:.6g}]\n", model->name, fmt::join(answer, ", "));
    }
    return {};
}

}  // namespace
}  // namespace countersign::face

int main(int argc, char** argv) {
    const auto done = countersign::face::print_answers(argc, argv);
    if (!done) fmt::print(stderr, "{}\n", done.error().detail);
    return done ? 0 : 1;
}
