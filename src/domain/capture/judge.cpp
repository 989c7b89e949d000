#include "domain/capture/judge.hpp"

#include <algorithm>

#include "domain/capture/earlier_captures.hpp"

namespace countersign::domain {

namespace {

constexpr std::size_t kSamples = 3;
constexpr std::size_t kLeastKeyFrames = 3;

face::Template copy(const face::Template& original) {
    return face::Template{.model = original.model, .data = original.data.clone()};
}

/// An engine that cannot answer grants nothing, whatever it calls its trouble.
template <class T>
Result<T> engine_answer(Result<T> answer) {
    if (answer) return answer;
    return fail(ErrorCode::unavailable, "face engine: " + answer.error().detail);
}

Result<std::vector<face::Template>> templates_of(face::FaceEngine& engine, const CaptureEvidence& evidence) {
    auto frames = evidence.key_frames;
    frames.insert(frames.end(), evidence.challenge_frames.begin(), evidence.challenge_frames.end());
    auto templates = CS_TRY(engine_answer(engine.extract(frames)));
    if (templates.size() != frames.size())
        return fail(ErrorCode::unavailable, "face engine: template is missing");
    return templates;
}

std::vector<face::Imprint> imprints_of(face::FaceEngine& engine, const CaptureEvidence& evidence,
                                       std::span<const face::Template> templates) {
    std::vector<face::Imprint> imprints;
    std::size_t next = 0;
    for (const auto* frames : {&evidence.key_frames, &evidence.challenge_frames}) {
        for (const auto* frame : *frames)
            imprints.push_back(engine.imprint_of(*frame, templates[next++]));
    }
    return imprints;
}

Result<std::optional<CredentialId>> find_match(face::FaceEngine& engine,
                                               std::span<const face::Template> probes,
                                               std::span<const UnsealedCredential> references,
                                               double target_fmr) {
    const auto model = engine.embedding_model();
    std::optional<CredentialId> matched;
    bool compared = false;
    for (const auto& credential : references) {
        std::vector<face::Template> samples;
        for (const auto& sample : credential.samples) {
            if (sample.model == model) samples.push_back(copy(sample));
        }
        if (samples.empty()) continue;
        compared = true;
        const auto match = CS_TRY(engine_answer(engine.verify(probes, samples, target_fmr)));
        if (match == face::Match::match && !matched) matched = credential.id;
    }
    if (!compared) return fail(ErrorCode::unavailable, "no reference of the engine's embedding model");
    return matched;
}

bool needs_passive(LivenessPolicy policy) {
    return policy != LivenessPolicy::active;
}
bool needs_active(LivenessPolicy policy) {
    return policy != LivenessPolicy::passive;
}

/// An active challenge without one comparable frame could have been answered by anybody.
bool one_person(face::FaceEngine& engine, const JudgePolicy& policy, const CaptureEvidence& evidence,
                std::span<const face::Template> templates) {
    const bool same = engine.same_person(templates);
    return same && (!needs_active(policy.liveness) || !evidence.challenge_frames.empty());
}

}  // namespace

Result<Judgement> judge(face::FaceEngine& engine, const JudgePolicy& policy, const CaptureEvidence& evidence,
                        std::span<const UnsealedCredential> references) {
    if (evidence.key_frames.size() < kLeastKeyFrames)
        return fail(ErrorCode::internal, "too few key frames to judge");
    const auto templates = CS_TRY(templates_of(engine, evidence));
    const auto probes = std::span(templates).first(evidence.key_frames.size());
    const bool same = one_person(engine, policy, evidence, templates);
    auto imprints = imprints_of(engine, evidence, templates);
    const bool known = shows_an_earlier_capture(engine, imprints, evidence.earlier);
    bool passive = true;
    if (needs_passive(policy.liveness)) {
        const auto live = CS_TRY(engine_answer(engine.detect_presentation_attack(evidence.key_frames)));
        passive = live == face::Liveness::live;
    }
    const bool active = !needs_active(policy.liveness) || evidence.answered_challenge;
    std::optional<CredentialId> matched;
    if (policy.purpose == Purpose::verification) {
        matched = CS_TRY(find_match(engine, probes, references, policy.target_fmr));
    }

    const auto verdict = [&] {
        if (evidence.replayed && needs_active(policy.liveness)) return AttemptResult::repeated_frames;
        if (known) return AttemptResult::earlier_capture;
        if (!same) return AttemptResult::identity_changed;
        if (!active) return AttemptResult::not_live_active;
        if (!passive) return AttemptResult::not_live_passive;
        if (policy.purpose == Purpose::verification && !matched) return AttemptResult::no_match;
        return AttemptResult::passed;
    };
    Judgement judgement;
    judgement.result = verdict();
    if (!known) judgement.imprints = std::move(imprints);
    if (judgement.result != AttemptResult::passed) return judgement;
    judgement.matched = matched;
    if (policy.purpose == Purpose::enrolment) {
        judgement.samples =
            CS_TRY(engine_answer(engine.enrol(std::span(evidence.key_frames).first(kSamples))));
    }
    return judgement;
}

}  // namespace countersign::domain
