#pragma once

#include <optional>
#include <span>
#include <vector>

#include "domain/credential/vault.hpp"
#include "domain/verification/types.hpp"
#include "face/api/engine.hpp"

namespace countersign::domain {

/// What must hold for this capture. From the integration, never from the page.
struct JudgePolicy {
    Purpose purpose{Purpose::verification};
    LivenessPolicy liveness{LivenessPolicy::both};
    double target_fmr{1e-5};
    bool adapt{false};  // adapted samples count, and strong matches add one
};

/// What the capture brought. Views: the session keeps the frames.
struct CaptureEvidence {
    std::vector<const face::Observation*> key_frames;        // usable, best first, at least three
    std::vector<const face::Observation*> challenge_frames;  // usable ones, to see that nobody took over
    bool answered_challenge{false};                          // the active challenge, of either kind
    bool replayed{false};                                    // PictureRepeats::replayed()
    bool in_doubt{false};                                    // nothing was refused, but not all was plain
    std::span<const face::Imprint> earlier{};                // of earlier captures of this person
};

struct Judgement {
    AttemptResult result{AttemptResult::aborted};
    std::optional<CredentialId> matched;  // a verification that passed
    std::vector<face::Template> samples;  // the three best, of an enrolment that passed, or of a verification
                                          // by the previous model: to renew the credential
    std::vector<face::Template> adaptation;  // at most one, for the matched credential to keep as well
    std::vector<face::Imprint> imprints;  // of the compared frames; none when an earlier capture came again
};

/// An engine that cannot answer grants nothing, whatever it calls its trouble.
template <class T>
Result<T> engine_answer(Result<T> answer) {
    if (answer) return answer;
    return fail(ErrorCode::unavailable, "face engine: " + answer.error().detail);
}

/// Decides one capture: all checks of the policy must hold. Every check runs whatever the others say, so that
/// the time taken does not tell them apart (T17); the first failed one in a fixed order names the cause for
/// the audit.
///
/// References of the previous pack's model are compared in that model. Earlier captures are recognised in the
/// model that was in use then.
///
/// Errors:  unavailable (engine failed, or no reference of a loaded model): deny.
/// Threads: safe; CPU-bound, compute lane. No transaction may be open.
/// Source:  requirements S7 and S13, threats T14, T16, T17, ADR 0063.
Result<Judgement> judge(face::FaceEngine& engine, const JudgePolicy& policy, const CaptureEvidence& evidence,
                        std::span<const UnsealedCredential> references);

}  // namespace countersign::domain
