#include "face/onnx_face_engine.hpp"

#include <algorithm>

#include "face/engine/comparison.hpp"
#include "face/engine/face_chip.hpp"
#include "face/engine/imaging.hpp"
#include "face/engine/measure.hpp"
#include "face/engine/quality_gate.hpp"
#include "face/engine/template_codec.hpp"
#include "face/engine/tracking.hpp"
#include "face/liveness/colour_challenge.hpp"
#include "face/liveness/imprint.hpp"
#include "face/liveness/movement_challenge.hpp"
#include "face/liveness/passive.hpp"

namespace countersign::face {
namespace {

/// A face below this share of the subject's height is a passer-by or a picture on the wall, not a second
/// subject.
constexpr float kBystander = 0.35F;

Box whole(const Image& picture) {
    return {0, 0, static_cast<float>(picture.width()), static_cast<float>(picture.height())};
}

Quality measure_quality(const Image& picture, const Image& aligned, const Observation& seen,
                        const Landmarks68& points) {
    const auto pose = pose_ratios(seen.landmarks);
    Quality quality;
    quality.face_fraction = seen.box.height / static_cast<float>(picture.height());
    quality.inter_eye_px = pose.inter_eye_px;
    quality.sharpness = sharpness(aligned);
    quality.luma = mean_luma(picture, seen.box);
    quality.yaw_ratio = pose.yaw;
    quality.pitch_ratio = pose.pitch;
    quality.roll_degrees = pose.roll_degrees;
    quality.eye_openness = eye_aspect_ratio(points);
    return quality;
}

}  // namespace

Result<Observation> OnnxFaceEngine::observe(ByteView encoded) {
    const auto picture = CS_TRY(parts_.decoder->decode(encoded));
    return observe_image(picture);
}

Result<Observation> OnnxFaceEngine::observe_image(const Image& picture) const {
    return search(picture, *parts_.detector, Context::cut);
}

Result<Observation> OnnxFaceEngine::search(const Image& picture, const Detector& detector,
                                           Context context) const {
    const auto faces = CS_TRY(detector.detect(picture));
    Observation seen;
    if (faces.empty()) {
        seen.width = picture.width();
        seen.height = picture.height();
        seen.fingerprint = difference_hash(picture);
        seen.hint = judge_without_face(mean_luma(picture, whole(picture)));
        return seen;
    }
    const auto& subject = subject_of(faces, {picture.width(), picture.height()});
    seen.box = subject.box;
    seen.detector_score = subject.score;
    seen.faces = static_cast<int>(std::ranges::count_if(
        faces, [&](const Detection& face) { return face.box.height >= kBystander * subject.box.height; }));
    CS_TRY(measure_face(picture, context, seen));
    return seen;
}

/// Everything that is measured of the face in `seen.box`.
Result<void> OnnxFaceEngine::measure_face(const Image& picture, Context context, Observation& seen) const {
    seen.width = picture.width();
    seen.height = picture.height();
    seen.fingerprint = difference_hash(picture);
    const auto points = CS_TRY(parts_.landmarks->find(picture, seen.box));
    seen.shape = points;
    seen.landmarks = five_points(points);
    Image aligned = align_face(picture, seen.landmarks);
    seen.quality = measure_quality(picture, aligned, seen, points);
    seen.skin = skin_colour(picture, points);
    seen.background = background_colour(picture, seen.box);
    seen.track = {.width = seen.width,
                  .height = seen.height,
                  .box = seen.box,
                  .landmarks = seen.landmarks,
                  .look = look_of(aligned),
                  .alone = seen.faces == 1};
    seen.aligned = aligned.release();
    if (parts_.reads(FaceCut::chip_150)) seen.chip = cut_chip(picture, points).release();
    if (context == Context::cut) seen.context = parts_.attacks->cut_context(picture, seen.box);
    seen.hint = judge_quality(seen);
    return {};
}

Result<Liveness> OnnxFaceEngine::detect_presentation_attack(std::span<const Observation* const> frames) {
    const auto shows_nobody = [](const Observation* frame) { return frame->faces == 0; };
    if (std::ranges::any_of(frames, shows_nobody))
        return fail(ErrorCode::invalid_argument, "a frame without a face");
    if (frames.size() < parts_.limits.pad_frames) return Liveness::not_live;
    PassiveVote vote(frames.size(), parts_.limits.pad_live);
    for (const Observation* frame : frames) {
        vote.add(CS_TRY(parts_.attacks->live_probability(frame->context.view())));
        if (const auto outcome = vote.outcome()) return *outcome;
    }
    return Liveness::not_live;
}

ChallengeAnswer OnnxFaceEngine::judge_colour_challenge(std::span<const ColourStep> steps,
                                                       std::span<const ColourResponse> responses) {
    return judge_colour_sequence(steps, responses);
}

MovementProgress OnnxFaceEngine::movement_progress(std::span<const Movement> steps,
                                                   std::span<const MovementFrame> frames) {
    return follow_movement(steps, frames);
}

Result<std::vector<Template>> OnnxFaceEngine::templates_of(std::span<const Observation* const> frames,
                                                           const EmbeddingNet& net, const std::string& model,
                                                           Embed embed) {
    std::vector<Template> templates;
    for (const Observation* frame : frames) {
        if (!frame->usable()) return fail(ErrorCode::invalid_argument, "a frame that is not usable");
        auto data = CS_TRY((net.*embed)(*frame));
        templates.push_back({model, std::move(data)});
    }
    return templates;
}

Result<std::vector<Template>> OnnxFaceEngine::extract(std::span<const Observation* const> frames) {
    return templates_of(frames, *parts_.embedding, parts_.embedding_model, &EmbeddingNet::embed);
}

Result<std::vector<Template>> OnnxFaceEngine::enrol(std::span<const Observation* const> frames) {
    return templates_of(frames, *parts_.embedding, parts_.embedding_model, &EmbeddingNet::embed_mirrored);
}

bool OnnxFaceEngine::same_person(std::span<const Template> templates) {
    const auto weakest = weakest_pair(templates);
    const PackLimits* limits = weakest ? limits_of(templates.front().model) : nullptr;
    return limits != nullptr && *weakest >= limits->same_person;
}

Result<Match> OnnxFaceEngine::verify(std::span<const Template> probes, std::span<const Template> references,
                                     double target_fmr) {
    if (probes.empty()) return fail(ErrorCode::invalid_argument, "nothing to compare");
    const PackLimits* limits = limits_of(probes.front().model);
    if (limits == nullptr) return fail(ErrorCode::invalid_argument, "not this engine's model");
    const float threshold = CS_TRY(threshold_for(limits->calibration, target_fmr));
    const float score = CS_TRY(fused_score(probes, references, limits->clearness));
    return score >= threshold ? Match::match : Match::no_match;
}

Result<Match> OnnxFaceEngine::verify_each(std::span<const Template> probes,
                                          std::span<const Template> references, double target_fmr) {
    if (probes.empty()) return fail(ErrorCode::invalid_argument, "nothing to compare");
    const PackLimits* limits = limits_of(probes.front().model);
    if (limits == nullptr) return fail(ErrorCode::invalid_argument, "not this engine's model");
    const float threshold = CS_TRY(stricter_threshold_for(limits->calibration, target_fmr));
    const float score = CS_TRY(weakest_probe(probes, references, limits->clearness));
    return score >= threshold ? Match::match : Match::no_match;
}

Imprint OnnxFaceEngine::imprint_of(const Observation& frame, const Template& face) {
    return {.face = {.model = face.model, .data = face.data.clone()},
            .look = look_of_picture(frame.aligned.view(), frame.shape)};
}

SamePicture OnnxFaceEngine::same_picture(const Imprint& a, const Imprint& b) {
    const auto templates = cosine(a.face.data, b.face.data);
    const PackLimits* limits = limits_of(a.face.model);
    if (a.face.model != b.face.model || limits == nullptr || !templates) return SamePicture::no;
    const double alike = 1 - (1 - double{*templates}) * double{limits->imprint_scale};
    return judge_likeness(likeness(a.look.view(), b.look.view(), alike));
}

Result<void> OnnxFaceEngine::self_test() {
    CS_TRY(parts_.detector->self_test());
    CS_TRY(parts_.quick_detector->self_test());
    CS_TRY(parts_.landmarks->self_test());
    CS_TRY(parts_.embedding->self_test());
    if (parts_.previous) CS_TRY(parts_.previous->embedding->self_test());
    return parts_.attacks->self_test();
}

}  // namespace countersign::face
