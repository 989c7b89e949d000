#pragma once

#include "domain/capture/judge.hpp"

namespace countersign::domain {

/// Whether a face is seen well enough to be remembered: nearer, sharper, more frontal and with wider eyes
/// than a comparison asks for.
bool worth_remembering(const face::Quality& quality);

/// A template for the matched credential to keep, from a verification that passed: at most one, and none
/// unless
///
/// - the policy adapts, asks for both liveness checks, and nothing of the capture was in doubt,
/// - the best key frame is worth remembering,
/// - every key frame by itself matches an enrolled sample at the stricter rate of FaceEngine::verify_each.
///
/// Samples that were adapted before do not count: each new one is as near to the enrolment as the first, so
/// that no row of small steps can lead from one person to another.
///
/// `probes`: the key frames' templates, in their order; of the model of `matched`.
/// Errors:  unavailable (engine failed): deny. Threads: safe; compute lane. Source: ADR 0067.
Result<std::vector<face::Template>> adaptation_of(face::FaceEngine& engine, const JudgePolicy& policy,
                                                  const CaptureEvidence& evidence,
                                                  std::span<const face::Template> probes,
                                                  const UnsealedCredential& matched);

}  // namespace countersign::domain
