#include "domain/capture/adaptation.hpp"

#include <cmath>

namespace countersign::domain {
namespace {

constexpr float kInterEye = 60;    // px: the comparison asks for 36
constexpr float kSharpness = 50;   // grey levels²: 25
constexpr float kTurned = 0.15F;   // of the eye distance
constexpr float kNodded = 0.2F;    // either way from 0.5
constexpr float kTilted = 15;      // degrees
constexpr float kEyesOpen = 0.2F;  // 0.17

bool beyond_doubt(const JudgePolicy& policy, const CaptureEvidence& evidence) {
    return policy.liveness == LivenessPolicy::both && evidence.answered_challenge && !evidence.replayed &&
           !evidence.in_doubt;
}

}  // namespace

bool worth_remembering(const face::Quality& quality) {
    return quality.inter_eye_px >= kInterEye && quality.sharpness >= kSharpness &&
           std::abs(quality.yaw_ratio) <= kTurned && std::abs(quality.pitch_ratio - 0.5F) <= kNodded &&
           std::abs(quality.roll_degrees) <= kTilted && quality.eye_openness >= kEyesOpen;
}

Result<std::vector<face::Template>> adaptation_of(face::FaceEngine& engine, const JudgePolicy& policy,
                                                  const CaptureEvidence& evidence,
                                                  std::span<const face::Template> probes,
                                                  const UnsealedCredential& matched) {
    const face::Observation& best = *evidence.key_frames.front();
    std::vector<face::Template> none;
    if (!policy.adapt || !beyond_doubt(policy, evidence) || !worth_remembering(best.quality)) return none;
    const auto match = CS_TRY(engine_answer(engine.verify_each(probes, matched.samples, policy.target_fmr)));
    if (match != face::Match::match) return none;
    return engine_answer(engine.enrol(std::span(evidence.key_frames).first(1)));
}

}  // namespace countersign::domain
