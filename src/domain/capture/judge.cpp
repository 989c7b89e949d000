#include "domain/capture/judge.hpp"

#include <algorithm>

#include "domain/capture/adaptation.hpp"
#include "domain/capture/earlier_captures.hpp"

namespace countersign::domain {

namespace {

constexpr std::size_t kSamples = 3;
constexpr std::size_t kLeastKeyFrames = 3;

face::Template copy(const face::Template& original) {
    return face::Template{.model = original.model, .data = original.data.clone()};
}

using Frames = std::vector<const face::Observation*>;

/// Key frames first, then the answers.
Frames compared_frames(const CaptureEvidence& evidence) {
    auto frames = evidence.key_frames;
    frames.insert(frames.end(), evidence.challenge_frames.begin(), evidence.challenge_frames.end());
    return frames;
}

/// One capture as the models see it. `previous` is empty unless something is there to compare it with.
struct Embedded {
    std::vector<face::Template> current;
    std::vector<face::Template> previous;
    std::size_t key_frames{0};

    static std::span<const face::Template> probes(const std::vector<face::Template>& all, std::size_t keys) {
        return std::span(all).first(std::min(keys, all.size()));
    }
};

bool asks_for(const std::string& model, const CaptureEvidence& evidence,
              std::span<const UnsealedCredential> references) {
    if (model.empty()) return false;
    const auto of_it = [&](const face::Template& t) { return t.model == model; };
    const auto sampled = [&](const UnsealedCredential& c) { return std::ranges::any_of(c.samples, of_it); };
    const auto seen = [&](const face::Imprint& imprint) { return of_it(imprint.face); };
    return std::ranges::any_of(references, sampled) || std::ranges::any_of(evidence.earlier, seen);
}

Result<Embedded> embed(face::FaceEngine& engine, const CaptureEvidence& evidence,
                       std::span<const UnsealedCredential> references) {
    const Frames frames = compared_frames(evidence);
    Embedded out;
    out.key_frames = evidence.key_frames.size();
    out.current = CS_TRY(engine_answer(engine.extract(frames)));
    const bool both = asks_for(engine.previous_model(), evidence, references);
    if (both) out.previous = CS_TRY(engine_answer(engine.extract_previous(frames)));
    if (out.current.size() != frames.size() || (both && out.previous.size() != frames.size()))
        return fail(ErrorCode::unavailable, "face engine: template is missing");
    return out;
}

std::vector<face::Imprint> imprints_of(face::FaceEngine& engine, const CaptureEvidence& evidence,
                                       std::span<const face::Template> templates) {
    const Frames frames = compared_frames(evidence);
    std::vector<face::Imprint> imprints;
    for (std::size_t i = 0; i < templates.size(); ++i)
        imprints.push_back(engine.imprint_of(*frames[i], templates[i]));
    return imprints;
}

struct Matched {
    const UnsealedCredential* credential{nullptr};
    bool by_previous{false};  // its samples are of the previous model
};

/// What of the credential is of the model. Adapted samples count only where they may be added, too.
std::vector<face::Template> samples_of(const UnsealedCredential& credential, const std::string& model,
                                       bool with_adapted) {
    std::vector<face::Template> samples;
    for (const auto* all : {&credential.samples, &credential.adapted}) {
        if (all == &credential.adapted && !with_adapted) continue;
        for (const auto& sample : *all) {
            if (sample.model == model) samples.push_back(copy(sample));
        }
    }
    return samples;
}

/// Each credential is compared within the model that made its samples, with that model's threshold.
Result<std::optional<Matched>> find_match(face::FaceEngine& engine, const Embedded& embedded,
                                          std::span<const UnsealedCredential> references,
                                          const JudgePolicy& policy) {
    std::optional<Matched> matched;
    bool compared = false;
    for (const auto& credential : references) {
        for (const auto* made : {&embedded.current, &embedded.previous}) {
            const auto probes = Embedded::probes(*made, embedded.key_frames);
            if (probes.empty()) continue;
            const bool renews = made == &embedded.previous;  // what it renews is enrolled from then on
            const auto samples = samples_of(credential, probes.front().model, policy.adapt && !renews);
            if (samples.empty()) continue;
            compared = true;
            const auto match = CS_TRY(engine_answer(engine.verify(probes, samples, policy.target_fmr)));
            if (match == face::Match::match && !matched) matched = Matched{&credential, renews};
        }
    }
    if (!compared) return fail(ErrorCode::unavailable, "no reference of a loaded embedding model");
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
                const Embedded& embedded) {
    const bool before = embedded.previous.empty() || engine.same_person(embedded.previous);
    const bool same = engine.same_person(embedded.current) && before;
    return same && (!needs_active(policy.liveness) || !evidence.challenge_frames.empty());
}

}  // namespace

Result<Judgement> judge(face::FaceEngine& engine, const JudgePolicy& policy, const CaptureEvidence& evidence,
                        std::span<const UnsealedCredential> references) {
    if (evidence.key_frames.size() < kLeastKeyFrames)
        return fail(ErrorCode::internal, "too few key frames to judge");
    const auto embedded = CS_TRY(embed(engine, evidence, references));
    const bool same = one_person(engine, policy, evidence, embedded);
    auto imprints = imprints_of(engine, evidence, embedded.current);
    const auto before = imprints_of(engine, evidence, embedded.previous);
    const bool known = shows_an_earlier_capture(engine, imprints, evidence.earlier) ||
                       shows_an_earlier_capture(engine, before, evidence.earlier);
    bool passive = true;
    if (needs_passive(policy.liveness)) {
        const auto live = CS_TRY(engine_answer(engine.detect_presentation_attack(evidence.key_frames)));
        passive = live == face::Liveness::live;
    }
    const bool active = !needs_active(policy.liveness) || evidence.answered_challenge;
    std::optional<Matched> matched;
    if (policy.purpose == Purpose::verification) {
        matched = CS_TRY(find_match(engine, embedded, references, policy));
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
    if (matched) judgement.matched = matched->credential->id;
    if (policy.purpose == Purpose::enrolment || matched->by_previous) {
        judgement.samples =
            CS_TRY(engine_answer(engine.enrol(std::span(evidence.key_frames).first(kSamples))));
    } else {
        const auto probes = Embedded::probes(embedded.current, embedded.key_frames);
        judgement.adaptation = CS_TRY(adaptation_of(engine, policy, evidence, probes, *matched->credential));
    }
    return judgement;
}

}  // namespace countersign::domain
