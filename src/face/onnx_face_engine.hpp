#pragma once

#include <memory>

#include "face/api/engine.hpp"
#include "face/api/measuring_engine.hpp"
#include "face/codec/sandboxed_decoder.hpp"
#include "face/engine/attack_detector.hpp"
#include "face/engine/detector.hpp"
#include "face/engine/embedding.hpp"
#include "face/engine/landmarks.hpp"
#include "face/engine/manifest.hpp"
#include "face/engine/previous_model.hpp"
#include "face/make_engine.hpp"

namespace countersign::face {

/// The parts of an engine. The runtime comes first: it must outlive the nets.
struct EngineParts {
    std::unique_ptr<OnnxRuntime> runtime;
    std::unique_ptr<SandboxedDecoder> decoder;
    std::unique_ptr<Detector> detector;
    std::unique_ptr<Detector> quick_detector;  // for `follow`
    std::unique_ptr<LandmarkNet> landmarks;
    std::unique_ptr<EmbeddingNet> embedding;
    std::unique_ptr<AttackDetector> attacks;
    PackLimits limits;
    std::string embedding_model;
    std::unique_ptr<PreviousModel> previous;  // absent: nobody is led over
    std::vector<ModelIdentity> models;

    /// Whether any net reads faces that are cut so.
    bool reads(FaceCut cut) const {
        return embedding->cut() == cut || (previous && previous->embedding->cut() == cut);
    }
};

/// Loads and hashes everything an engine is made of. Errors: as make_engine.
Result<EngineParts> load_parts(const EngineOptions& options);

/// Both ports over ONNX Runtime and the decode sandbox. Threads: safe; holds no state that changes.
class OnnxFaceEngine final : public FaceEngine, public MeasuringEngine {
public:
    explicit OnnxFaceEngine(EngineParts parts) : parts_(std::move(parts)) {}

    Result<Observation> observe(ByteView encoded) override;
    Result<Observation> observe_next(ByteView encoded, const FaceTrack& last) override;
    Result<Observation> follow(ByteView encoded, const FaceTrack& last) override;
    Result<Liveness> detect_presentation_attack(std::span<const Observation* const> frames) override;
    ChallengeAnswer judge_colour_challenge(std::span<const ColourStep> steps,
                                           std::span<const ColourResponse> responses) override;
    MovementProgress movement_progress(std::span<const Movement> steps,
                                       std::span<const MovementFrame> frames) override;
    Result<std::vector<Template>> extract(std::span<const Observation* const> frames) override;
    Result<std::vector<Template>> enrol(std::span<const Observation* const> frames) override;
    Result<std::vector<Template>> extract_previous(std::span<const Observation* const> frames) override;
    bool same_person(std::span<const Template> templates) override;
    Result<Match> verify(std::span<const Template> probes, std::span<const Template> references,
                         double target_fmr) override;
    Result<Match> verify_each(std::span<const Template> probes, std::span<const Template> references,
                              double target_fmr) override;
    Imprint imprint_of(const Observation& frame, const Template& face) override;
    SamePicture same_picture(const Imprint& a, const Imprint& b) override;
    std::string embedding_model() const override { return parts_.embedding_model; }
    std::string previous_model() const override { return parts_.previous ? parts_.previous->id : ""; }
    Result<void> self_test() override;

    Result<Template> extract_best_effort(const Observation& seen) override;
    Result<double> similarity(const Template& a, const Template& b) const override;
    std::vector<QualityComponent> quality(const Observation& seen) const override;
    QualityComponent unified_quality(const Template& made) const override;
    Result<double> live_probability(const Observation& seen) override;
    LivenessPoint liveness_point() const override;
    std::vector<ModelIdentity> models() const override { return parts_.models; }

    /// `observe` without the decoding, for measurements over many pictures. Errors: unavailable.
    Result<Observation> observe_image(const Image& picture) const;
    Result<Observation> observe_next_image(const Image& picture, const FaceTrack& last) const;
    /// How `follow` decodes the frame after `last`, and `follow` without the decoding.
    static Reduction reduction_after(const FaceTrack& last);
    Result<Observation> follow_image(const Image& picture, Reduction reduction, const FaceTrack& last) const;
    const EngineParts& parts() const { return parts_; }

private:
    using Embed = Result<SecretBytes> (EmbeddingNet::*)(const Observation& seen) const;
    static Result<std::vector<Template>> templates_of(std::span<const Observation* const> frames,
                                                      const EmbeddingNet& net, const std::string& model,
                                                      Embed embed);
    const PackLimits* limits_of(const std::string& model) const;

    enum class Context { cut, none };
    Result<Observation> search(const Image& picture, const Detector& detector, Context context) const;
    Result<bool> track(const Image& picture, const FaceTrack& last, Observation& seen) const;
    Result<void> measure_face(const Image& picture, Context context, Observation& seen) const;

    EngineParts parts_;
};

}  // namespace countersign::face
