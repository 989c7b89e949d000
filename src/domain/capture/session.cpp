#include "domain/capture/session.hpp"

#include <algorithm>

#include "telemetry/log.hpp"

namespace countersign::domain {

namespace {

constexpr std::size_t kKeyFrames = 5;
constexpr std::string_view kNeutral = "not_verified";
constexpr std::string_view kNoFace = "face_timeout";
constexpr std::string_view kProtocol = "protocol_error";

}  // namespace

CaptureSession::CaptureSession(CaptureParts parts, OpenedCapture opened, CaptureSecrets secrets)
    : parts_(parts),
      opened_(std::move(opened)),
      secrets_(std::move(secrets)),
      chain_(secrets_.mac_key.clone(), secrets_.nonce),
      machine_(start_challenge(secrets_.kind, parts_.clock.now())),
      signals_(secrets_.camera_label),
      key_frames_(kKeyFrames) {
    const auto& rules = parts_.settings.rules;
    for (int step = 0; step < std::max(rules.steps, rules.movement_steps()); ++step)
        answers_.emplace_back(1);
}

CaptureOutput CaptureSession::take() {
    switch (stage_) {
        case Stage::streaming:
            out_.wake_at = next_tick(parts_.settings.rules, machine_);
            break;
        case Stage::judging:
            out_.wake_at = parts_.clock.now();
            break;
        case Stage::padding:
            out_.wake_at = release_at_;
            break;
        case Stage::finished:
            out_.wake_at.reset();
            break;
    }
    out_.finished = finished();
    return std::exchange(out_, {});
}

CaptureOutput CaptureSession::on_open() {
    say(ReadyMessage{});
    return take();
}

CaptureOutput CaptureSession::on_frame(ByteView message) {
    if (stage_ == Stage::padding || stage_ == Stage::finished) return take();
    const auto frame = parse_frame(message, parts_.settings.rules.limits);
    const auto accepted = frame ? chain_.accept(*frame) : Result<void>(tl::unexpected(frame.error()));
    if (!accepted) {
        telemetry::log::event(telemetry::log::Level::warning, "capture.frame_refused",
                              {{"challenge_id", challenge().text()}, {"detail", accepted.error().detail}});
        break_off(AttemptResult::broken_chain, kProtocol);
        return take();
    }
    say(AckMessage{.seq = frame->seq});
    signals_.frame(frame->phase == FramePhase::key ? -1 : frame->step, frame->capture_time_ms,
                   frame->send_time_ms);
    current_.reset();
    const auto step = step_challenge(
        parts_.settings.rules, machine_,
        FrameArrived{.phase = frame->phase, .step = frame->step, .bytes = frame->picture.size()},
        parts_.clock.now());
    machine_ = step.state;
    for (const auto& action : step.actions) {
        if (std::holds_alternative<Observe>(action)) {
            look_at(*frame);
        } else {
            carry_out(action);
        }
    }
    return take();
}

CaptureOutput CaptureSession::on_text(std::string_view message) {
    if (stage_ == Stage::padding || stage_ == Stage::finished) return take();
    const auto parsed = parse_client_message(message);
    if (!parsed || ++texts_ > parts_.settings.max_texts) {
        break_off(AttemptResult::broken_chain, kProtocol);
    } else if (const auto* painted = std::get_if<PaintedMessage>(&*parsed)) {
        feed(Painted{.index = painted->index});
    } else {
        feed(Cancel{});
    }
    return take();
}

CaptureOutput CaptureSession::on_timer() {
    switch (stage_) {
        case Stage::streaming:
            feed(Tick{});
            break;
        case Stage::judging:
            run_judgement();
            break;
        case Stage::padding:
            if (parts_.clock.now() >= release_at_) {
                say(*result_);
                stage_ = Stage::finished;
            }
            break;
        case Stage::finished:
            break;
    }
    return take();
}

void CaptureSession::on_closed() {
    if (stage_ == Stage::streaming || stage_ == Stage::judging) break_off(AttemptResult::aborted, "aborted");
    stage_ = Stage::finished;
    out_ = {};
}

void CaptureSession::feed(const ChallengeEvent& event) {
    const auto step = step_challenge(parts_.settings.rules, machine_, event, parts_.clock.now());
    machine_ = step.state;
    for (const auto& action : step.actions)
        carry_out(action);
}

/// While the face is looked at or coloured, the head hardly moves. A turning one is searched for every time.
Result<face::Observation> CaptureSession::observe(const Frame& frame, bool coloured) {
    if (coloured) return parts_.engine.follow(frame.picture, track_);
    if (frame.phase == FramePhase::key) return parts_.engine.observe_next(frame.picture, track_);
    return parts_.engine.observe(frame.picture);
}

/// Decodes and measures one frame whose labels are in order.
void CaptureSession::look_at(const Frame& frame) {
    if (repeats_.add(frame.picture) == PictureRepeats::Kind::repeat) {
        if (repeats_.frozen()) conclude(without_match(AttemptResult::repeated_frames), kNeutral);
        return;
    }
    const bool coloured =
        frame.phase == FramePhase::challenge && machine_.kind == ChallengeKind::colour_sequence;
    auto observed = observe(frame, coloured);
    if (!observed) {
        const bool ours = observed.error().code == ErrorCode::unavailable;
        if (ours) return refuse(observed.error());
        return break_off(AttemptResult::broken_chain, to_string(observed.error().code));
    }
    if (std::max(observed->width, observed->height) > parts_.settings.rules.limits.max_side) {
        return break_off(AttemptResult::broken_chain, to_string(ErrorCode::payload_too_large));
    }
    if (coloured) repeats_.observed_challenge(observed->fingerprint);
    const bool answers = frame.phase == FramePhase::challenge && machine_.arrived_counts;
    const FrameObserved seen{
        .faces = observed->faces,
        .hint = observed->hint,
        .progress = answers ? progress_of(*observed) : face::MovementProgress::waiting,
    };
    track_ = std::move(observed->track);
    current_ = std::move(*observed);
    feed(seen);
    current_.reset();
}

void CaptureSession::carry_out(const ChallengeAction& action) {
    if (const auto* hint = std::get_if<TellHint>(&action)) return say(HintMessage{.hint = hint->hint});
    if (std::holds_alternative<KeepKeyFrame>(action)) return key_frames_.add(std::move(*current_));
    if (const auto* response = std::get_if<KeepResponse>(&action)) return keep_response(response->step);
    if (const auto* revealed = std::get_if<Reveal>(&action)) return reveal(*revealed);
    if (std::holds_alternative<Restart>(action)) return restart(false);
    if (std::holds_alternative<SecondCheck>(action)) return restart(true);
    if (std::holds_alternative<Weigh>(action)) return weigh();
    if (std::holds_alternative<Check>(action)) return check();
    if (const auto* stop = std::get_if<Stop>(&action)) return stopped(*stop);
}

/// How the revealed movement stands with this frame; keeps the frame for the steps to come. A look ahead is
/// not over before its drawn time.
face::MovementProgress CaptureSession::progress_of(const face::Observation& seen) {
    using face::MovementProgress;
    const bool moving =
        machine_.kind == ChallengeKind::movement && machine_.phase == ChallengePhase::revealing;
    if (!moving || seen.faces != 1) return MovementProgress::waiting;
    const auto now = parts_.clock.now();
    movement_frames_.push_back(
        {.step = machine_.step, .at = now, .clear = seen.usable(), .shape = seen.shape});
    const auto& sequence = secrets_.plan.movements.at(static_cast<std::size_t>(machine_.sequence));
    const auto step = static_cast<std::size_t>(machine_.step);
    const auto progress =
        parts_.engine.movement_progress(std::span(sequence.steps).first(step + 1), movement_frames_);
    const bool too_soon = now < machine_.since + sequence.holds.at(step);
    return progress == MovementProgress::done && too_soon ? MovementProgress::waiting : progress;
}

void CaptureSession::reveal(const Reveal& step) {
    const auto sequence = static_cast<std::size_t>(step.sequence);
    const auto index = static_cast<std::size_t>(step.index);
    if (step.kind == ChallengeKind::movement) {
        const auto movement = secrets_.plan.movements.at(sequence).steps.at(index);
        return say(MovementStepMessage{.index = step.index, .movement = movement});
    }
    const int colour = secrets_.plan.colours.at(sequence).indices.at(index);
    say(ColourStepMessage{.index = step.index, .palette_index = colour, .hold = parts_.settings.rules.hold});
}

void CaptureSession::keep_response(int step) {
    if (machine_.kind == ChallengeKind::colour_sequence)
        responses_.push_back({.step = step, .skin = current_->skin, .background = current_->background});
    if (!current_->usable()) return;
    auto& answer = answers_.at(static_cast<std::size_t>(step));
    // Of a movement the latest counts, not the best: the one who made it, not the one who waited for it.
    if (machine_.kind == ChallengeKind::movement) answer.clear();
    answer.add(std::move(*current_));
}

/// What answered the broken sequence no longer counts. Frames that answered doubtful colours stay: they must
/// show the same person.
void CaptureSession::restart(bool second_check) {
    responses_.clear();
    movement_frames_.clear();
    for (auto& answer : answers_) {
        if (!second_check) answer.clear();
    }
    say(RestartMessage{.second_check = second_check});
}

void CaptureSession::weigh() {
    const auto& sequence = secrets_.plan.colours.at(static_cast<std::size_t>(machine_.sequence));
    colours_ = parts_.engine.judge_colour_challenge(to_steps(sequence), responses_);
    feed(Weighed{.doubtful = colours_ == face::ChallengeAnswer::doubtful});
}

void CaptureSession::check() {
    stage_ = Stage::judging;
    checking_since_ = parts_.clock.now();
    if (!face_at_) face_at_ = checking_since_;
    say(CheckingMessage{});
}

void CaptureSession::stopped(const Stop& stop) {
    switch (stop.cause) {
        case StopCause::face_timeout:
            return conclude(without_match(AttemptResult::face_timeout), kNoFace);
        case StopCause::interrupted:
            return conclude(without_match(AttemptResult::interrupted), kNoFace);
        case StopCause::unanswered:
            return conclude(without_match(AttemptResult::not_live_active), kNeutral);
        case StopCause::cancelled:
            return cancel();
        case StopCause::violation:
            break;
    }
    telemetry::log::event(telemetry::log::Level::warning, "capture.violation",
                          {{"challenge_id", challenge().text()}, {"violation", to_string(stop.violation)}});
    break_off(AttemptResult::broken_chain, kProtocol);
}

}  // namespace countersign::domain
