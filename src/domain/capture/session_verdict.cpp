// How a capture ends: judge, record, and only then tell.
#include <algorithm>

#include "domain/capture/session.hpp"
#include "telemetry/log.hpp"

namespace countersign::domain {

namespace {

constexpr std::size_t kIdentityProbes = 2;
constexpr std::size_t kMoverProbes = 4;  // pictures can be exchanged between movements, so look more often

std::string_view to_text(VerdictStatus status) {
    switch (status) {
        case VerdictStatus::passed:
            return "passed";
        case VerdictStatus::retry:
            return "retry";
        case VerdictStatus::failed:
            return "failed";
    }
    return "failed";
}

/// The neutral word for every failed capture. `locked` and `expired` say something of the account, not of the
/// face.
std::string_view result_code(const Verdict& verdict, std::string_view neutral_code) {
    if (verdict.status == VerdictStatus::passed) return "passed";
    const bool plain = !verdict.code || *verdict.code == OutcomeCode::failed;
    return plain ? neutral_code : to_string(*verdict.code);
}

/// The first bucket edge after `start` that is not before `now`.
UnixMicros bucket_edge(UnixMicros start, UnixMicros now, Micros bucket) {
    const std::int64_t elapsed = std::max<std::int64_t>(0, (now - start).value);
    const std::int64_t buckets = (elapsed + bucket.value - 1) / bucket.value;
    return start + Micros{std::max<std::int64_t>(1, buckets) * bucket.value};
}

/// The verification went on or ended without this capture: there is nothing left to record.
bool ended_elsewhere(ErrorCode code) {
    switch (code) {
        case ErrorCode::conflict:
        case ErrorCode::transaction_expired:
        case ErrorCode::locked:
        case ErrorCode::attempts_used_up:
        case ErrorCode::forbidden:
        case ErrorCode::not_enrolled:
            return true;
        default:
            return false;
    }
}

}  // namespace

/// The page does not know which of its answers are compared with the key frames: chosen here, at random.
CaptureEvidence CaptureSession::evidence() {
    CaptureEvidence out;
    out.key_frames = key_frames_.view();
    for (const auto& answer : answers_) {
        for (const auto* frame : answer.view())
            out.challenge_frames.push_back(frame);
    }
    const bool moved = machine_.kind == ChallengeKind::movement;
    const std::size_t probes = moved ? kMoverProbes : kIdentityProbes;
    while (out.challenge_frames.size() > probes) {
        const auto left_out = parts_.random.below(static_cast<std::uint32_t>(out.challenge_frames.size()));
        out.challenge_frames.erase(out.challenge_frames.begin() + left_out);
    }
    // Every movement was weighed when it was made: the machine checks only after the last one.
    out.answered_challenge = moved || colours_ == face::ChallengeAnswer::live;
    out.replayed = repeats_.replayed();
    out.in_doubt = colours_ == face::ChallengeAnswer::doubtful || !signals_.found().empty();
    out.earlier = opened_.earlier;
    return out;
}

void CaptureSession::run_judgement() {
    const JudgePolicy policy{.purpose = opened_.verification.purpose,
                             .liveness = opened_.integration.settings.liveness,
                             .target_fmr = opened_.integration.settings.target_fmr,
                             .adapt = opened_.integration.settings.adapt_templates};
    const auto judgement = judge(parts_.engine, policy, evidence(), opened_.references);
    forget_frames();
    if (!judgement) return refuse(judgement.error());
    conclude({.result = judgement->result,
              .matched = judgement->matched,
              .samples = judgement->samples,
              .adaptation = judgement->adaptation,
              .imprints = judgement->imprints},
             "not_verified");
}

/// Observations are wiped when released; nothing of a face outlives the decision.
void CaptureSession::forget_frames() {
    key_frames_.clear();
    for (auto& answer : answers_)
        answer.clear();
    responses_.clear();
    movement_frames_.clear();
    current_.reset();
    track_ = {};
    opened_.references.clear();
    opened_.earlier.clear();
}

void CaptureSession::conclude(const CaptureFinding& finding, std::string_view neutral_code) {
    if (stage_ == Stage::streaming) checking_since_ = parts_.clock.now();
    const auto verdict = parts_.ledger.record(opened_.verification.tenant, verification(), challenge(),
                                              for_the_record(finding));
    if (!verdict) return refuse(verdict.error());
    telemetry::log::event(telemetry::log::Level::info, "capture.decided",
                          {{"challenge_id", challenge().text()},
                           {"result", to_string(finding.result)},
                           {"frames", machine_.frames}});
    pad({.status = std::string(to_text(verdict->status)),
         .code = std::string(result_code(*verdict, neutral_code)),
         .attempts_left = verdict->attempts_left});
}

/// When the capture reached its stages, for the transaction's timeline; what spoke for a program, for the
/// audit.
CaptureFinding CaptureSession::for_the_record(CaptureFinding finding) const {
    finding.signals = signals_.found();
    finding.risk = signals_.risk();
    finding.face_at = face_at_;
    if (machine_.phase == ChallengePhase::checking) finding.challenge_at = checking_since_;
    return finding;
}

/// Match and liveness failures take different time; on a bucket edge they look alike.
void CaptureSession::pad(ResultMessage message) {
    forget_frames();
    result_ = std::move(message);
    release_at_ = bucket_edge(checking_since_, parts_.clock.now(), parts_.settings.result_bucket);
    stage_ = Stage::padding;
}

void CaptureSession::cancel() {
    const auto cancelled =
        parts_.ledger.cancel(opened_.verification.tenant, verification(), CancelReason::cancelled);
    if (!cancelled) return refuse(cancelled.error());
    forget_frames();
    stage_ = Stage::finished;
    say(ResultMessage{
        .status = "failed", .code = "cancelled", .attempts_left = opened_.verification.attempts_left()});
}

/// Ends without a verdict. The attempt stays charged; a store that cannot record even this has granted
/// nothing.
void CaptureSession::break_off(AttemptResult result, std::string_view code) {
    forget_frames();
    stage_ = Stage::finished;
    const auto recorded = parts_.ledger.record(opened_.verification.tenant, verification(), challenge(),
                                               for_the_record(without_match(result)));
    if (!recorded) {
        telemetry::log::event(
            telemetry::log::Level::warning, "capture.not_recorded",
            {{"challenge_id", challenge().text()}, {"error", to_string(recorded.error().code)}});
    }
    say(ErrorMessage{.code = std::string(code)});
}

/// Engine or store could not do their part, or the verification moved on: deny.
void CaptureSession::refuse(const Error& error) {
    telemetry::log::event(
        telemetry::log::Level::error, "capture.denied",
        {{"challenge_id", challenge().text()}, {"error", to_string(error.code)}, {"detail", error.detail}});
    if (!ended_elsewhere(error.code)) return break_off(AttemptResult::aborted, "unavailable");
    forget_frames();
    stage_ = Stage::finished;
    const auto over = [&](std::string_view code) {
        say(ResultMessage{.status = "failed", .code = std::string(code), .attempts_left = 0});
    };
    if (error.code == ErrorCode::transaction_expired) return over("expired");
    if (error.code == ErrorCode::locked) return over("locked");
    say(ErrorMessage{.code = "conflict"});
}

}  // namespace countersign::domain
