#include "face/pipeline_bench.hpp"

#include <time.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "face/codec/decode.hpp"
#include "face/engine/comparison.hpp"
#include "face/engine/imaging.hpp"
#include "face/onnx_face_engine.hpp"

namespace countersign::face {
namespace {

constexpr std::size_t kKeyFrames = 3;
constexpr std::size_t kChallengeFrames = 16;

double thread_cpu_ms() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// CPU times of one kind of work.
class Samples {
public:
    /// Runs `work`, keeps its time, passes its outcome on.
    template <class F>
    auto time(F&& work) {
        const double before = thread_cpu_ms();
        auto outcome = work();
        values_.push_back(thread_cpu_ms() - before);
        return outcome;
    }
    void add(double ms) { values_.push_back(ms); }
    double last() const { return values_.back(); }

    double quantile(double share) const {
        if (values_.empty()) return 0;
        std::vector<double> sorted = values_;
        std::ranges::sort(sorted);
        return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
    }
    StageTime as(std::string stage) const { return {std::move(stage), quantile(0.5), quantile(0.95)}; }

private:
    std::vector<double> values_;
};

Result<std::vector<Bytes>> read_pictures(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        if (entry.is_regular_file()) files.push_back(entry.path());
    }
    std::ranges::sort(files);
    std::vector<Bytes> pictures;
    for (const auto& file : files) {
        std::ifstream stream(file, std::ios::binary);
        Bytes bytes((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
        if (recognise(bytes)) pictures.push_back(std::move(bytes));
    }
    if (pictures.empty()) {
        return fail(ErrorCode::not_found, fmt::format("{} holds no JPEG or WebP picture", folder.string()));
    }
    return pictures;
}

/// What a net reads when the region of a picture is brought to its format. The values matter: the same net
/// takes up to twice as long on a busy picture as on zeros.
Tensor input_of(const Session& net, const Image& picture, const Box& region) {
    const InputFormat& format = net.input();
    const Image crop = crop_resized(picture, region, format.width, format.height);
    if (format.planes() == 1) return to_tensor(to_grey(crop), format);
    return to_tensor(crop, format);
}

/// The four nets alone on ready tensors of a real picture.
class NetsAlone {
public:
    static Result<NetsAlone> prepare(const OnnxFaceEngine& engine, const Bytes& encoded) {
        const Image picture = CS_TRY(decode(encoded));
        const Observation seen = CS_TRY(engine.observe_image(picture));
        const Box whole{0, 0, static_cast<float>(picture.width()), static_cast<float>(picture.height())};
        const EngineParts& parts = engine.parts();
        NetsAlone nets;
        for (const auto& [net, region] :
             {std::pair{&parts.detector->session(), whole}, std::pair{&parts.landmarks->session(), seen.box},
              std::pair{&parts.embedding->session(), seen.box}, std::pair{&parts.attacks->session(), whole}})
            nets.nets_.push_back({net, input_of(*net, picture, region), {}});
        return nets;
    }

    /// Once each, one after the other as in a frame: a net that runs by itself finds its weights in the
    /// cache.
    Result<void> run() {
        for (Net& net : nets_)
            CS_TRY(net.samples.time([&] { return net.session->run(net.input); }));
        return {};
    }
    double p50() const {
        double sum = 0;
        for (const Net& net : nets_)
            sum += net.samples.quantile(0.5);
        return sum;
    }

private:
    struct Net {
        const Session* session;
        Tensor input;
        Samples samples;
    };
    std::vector<Net> nets_;
};

struct FrameSamples {
    Samples decode, detect, landmarks, measure, embed, pad, match, whole;
};

/// One frame from its bytes to the decision, every stage timed by itself and the whole added up from them.
Result<void> time_frame(OnnxFaceEngine& engine, ByteView encoded, std::span<const Template> references,
                        FrameSamples& to) {
    const EngineParts& parts = engine.parts();
    const Image picture = CS_TRY(to.decode.time([&] { return decode(encoded); }));
    const auto faces = CS_TRY(to.detect.time([&] { return parts.detector->detect(picture); }));
    if (faces.empty()) return fail(ErrorCode::invalid_argument, "a picture without a face");
    CS_TRY(to.landmarks.time([&] { return parts.landmarks->find(picture, faces.front().box); }));
    Samples observe;
    const Observation seen = CS_TRY(observe.time([&] { return engine.observe_image(picture); }));
    to.measure.add(observe.last() - to.detect.last() - to.landmarks.last());
    auto probe = CS_TRY(to.embed.time([&] { return parts.embedding->embed(seen); }));
    CS_TRY(to.pad.time([&] { return parts.attacks->live_probability(seen.context.view()); }));
    std::vector<Template> probes;
    probes.push_back({engine.embedding_model(), std::move(probe)});
    CS_TRY(to.match.time([&] { return engine.verify(probes, references, 1e-5); }));
    to.whole.add(to.decode.last() + observe.last() + to.embed.last() + to.pad.last() + to.match.last());
    return {};
}

Result<std::vector<Template>> templates_of(OnnxFaceEngine& engine, const std::vector<Bytes>& pictures,
                                           std::size_t count) {
    std::vector<Template> templates;
    for (std::size_t i = 0; i < count; ++i) {
        const Image picture = CS_TRY(decode(pictures[i % pictures.size()]));
        const Observation seen = CS_TRY(engine.observe_image(picture));
        if (seen.faces == 0) return fail(ErrorCode::invalid_argument, "a picture without a face");
        auto data = CS_TRY(engine.parts().embedding->embed(seen));
        templates.push_back({engine.embedding_model(), std::move(data)});
    }
    return templates;
}

/// What a capture page sends, in order: key frames, then smaller pictures that answer the challenge.
struct SentPictures {
    std::vector<Bytes> key;
    std::vector<Bytes> challenge;
};

/// Everything one verification asks of the engine.
Result<void> run_verification(OnnxFaceEngine& engine, const SentPictures& sent,
                              std::span<const Template> references) {
    std::vector<Observation> seen;
    for (std::size_t i = 0; i < kKeyFrames; ++i) {
        const Image picture = CS_TRY(decode(sent.key[i % sent.key.size()]));
        const FaceTrack nothing;
        const FaceTrack& last = seen.empty() ? nothing : seen.back().track;
        seen.push_back(CS_TRY(engine.observe_next_image(picture, last)));
    }
    for (std::size_t i = kKeyFrames; i < kKeyFrames + kChallengeFrames; ++i) {
        const FaceTrack& last = seen.back().track;
        const Reduction reduction = OnnxFaceEngine::reduction_after(last);
        const Image picture = CS_TRY(decode(sent.challenge[i % sent.challenge.size()], reduction));
        seen.push_back(CS_TRY(engine.follow_image(picture, reduction, last)));
    }
    std::vector<const Observation*> key;
    for (std::size_t i = 0; i < kKeyFrames; ++i)
        key.push_back(&seen[i]);
    CS_TRY(engine.detect_presentation_attack(key));
    std::vector<Template> probes;
    for (const Observation* frame : key) {
        auto data = CS_TRY(engine.parts().embedding->embed(*frame));
        probes.push_back({engine.embedding_model(), std::move(data)});
    }
    // One frame of each half of the challenge shows that the person stayed the same.
    for (const Observation* frame : {&seen[kKeyFrames], &seen.back()}) {
        auto data = CS_TRY(engine.parts().embedding->embed(*frame));
        probes.push_back({engine.embedding_model(), std::move(data)});
    }
    engine.same_person(probes);
    probes.resize(kKeyFrames);
    CS_TRY(engine.verify(probes, references, 1e-5));
    return {};
}

/// The smaller pictures lie in a folder `challenge`; without one the same pictures answer the challenge.
Result<SentPictures> read_sent(const std::filesystem::path& folder) {
    SentPictures sent;
    sent.key = CS_TRY(read_pictures(folder));
    const auto smaller = folder / "challenge";
    sent.challenge = CS_TRY(read_pictures(std::filesystem::exists(smaller) ? smaller : folder));
    return sent;
}

/// Of two templates, as a verification compares them.
Result<double> time_comparison(const Template& a, const Template& b, const ClearnessWeight& clearness) {
    constexpr int kComparisons = 200'000;
    const double before = thread_cpu_ms();
    for (int i = 0; i < kComparisons; ++i)
        CS_TRY(score(a, b, clearness));
    return (thread_cpu_ms() - before) * 1e6 / kComparisons;
}

}  // namespace

Result<PipelineTimes> measure_pipeline(const EngineOptions& options, const std::filesystem::path& folder,
                                       int rounds) {
    const std::vector<Bytes> pictures = CS_TRY(read_pictures(folder));
    auto parts = CS_TRY(load_parts(options));
    OnnxFaceEngine engine(std::move(parts));
    const std::vector<Template> references = CS_TRY(templates_of(engine, pictures, 3));  // warms up, too

    PipelineTimes times;
    times.pictures = static_cast<int>(pictures.size());
    times.rounds = rounds;
    NetsAlone nets = CS_TRY(NetsAlone::prepare(engine, pictures.front()));
    FrameSamples frame;
    for (int round = 0; round < rounds; ++round) {
        CS_TRY(time_frame(engine, pictures[static_cast<std::size_t>(round) % pictures.size()], references,
                          frame));
        CS_TRY(nets.run());
    }
    times.model_ms = nets.p50();
    const SentPictures sent = CS_TRY(read_sent(folder));
    Samples verification;
    for (int round = 0; round < std::max(5, rounds / 10); ++round) {
        CS_TRY(verification.time([&] { return run_verification(engine, sent, references); }));
    }
    times.comparison_ns =
        CS_TRY(time_comparison(references[0], references[1], engine.parts().limits.clearness));
    times.memory = CS_TRY(measure_memory(engine, pictures));
    times.stages = {frame.decode.as("decode"),   frame.detect.as("detect"), frame.landmarks.as("landmarks"),
                    frame.measure.as("measure"), frame.embed.as("embed"),   frame.pad.as("pad"),
                    frame.match.as("match")};
    times.frame_cpu_ms_p50 = frame.whole.quantile(0.5);
    times.frame_cpu_ms_p95 = frame.whole.quantile(0.95);
    times.verification_cpu_ms_p50 = verification.quantile(0.5);
    times.verification_cpu_ms_p95 = verification.quantile(0.95);
    return times;
}

json::value to_json(const PipelineTimes& times) {
    json::object stages;
    for (const StageTime& stage : times.stages)
        stages[stage.stage] = {{"cpu_ms_p50", stage.p50}, {"cpu_ms_p95", stage.p95}};
    return {{"cpu_ms_p50", times.frame_cpu_ms_p50},
            {"cpu_ms_p95", times.frame_cpu_ms_p95},
            {"model_ms", times.model_ms},
            {"overhead_ratio", times.overhead_ratio()},
            {"verification_cpu_ms_p50", times.verification_cpu_ms_p50},
            {"verification_cpu_ms_p95", times.verification_cpu_ms_p95},
            {"comparison_ns", times.comparison_ns},
            {"memory", to_json(times.memory)},
            {"stages", stages},
            {"pictures", times.pictures},
            {"rounds", times.rounds}};
}

}  // namespace countersign::face
