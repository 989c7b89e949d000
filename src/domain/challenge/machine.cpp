#include "domain/challenge/machine.hpp"

#include <algorithm>

namespace countersign::domain {

namespace {

/// Works on one copy of the state and collects actions.
class Machine {
public:
    Machine(const ChallengeRules& rules, ChallengeState state, UnixMicros now)
        : rules_(rules), now_(now), out_{.state = state, .actions = {}} {}

    void on(const FrameArrived& frame);
    void on(const FrameObserved& seen);
    void on(const Weighed& weighed);
    void on(const Painted& painted);
    void on(Tick) { advance(); }
    void on(Cancel) { stop(StopCause::cancelled); }

    ChallengeStep take() && { return std::move(out_); }

private:
    ChallengeState& state() { return out_.state; }
    void act(ChallengeAction action) { out_.actions.emplace_back(action); }
    void enter(ChallengePhase phase);

    Violation label_violation(const FrameArrived& frame);
    Violation late(Violation when_too_many);
    bool is_for_now(const FrameArrived& frame) const;

    void observed_key(const FrameObserved& seen);
    void observed_response(const FrameObserved& seen);
    void tell(face::Hint hint);

    void advance();
    void advance_step();
    void finish_sequence();
    void check();
    void reveal(int index);
    void restart();
    void stop(StopCause cause, Violation violation = Violation::none);
    bool room_for_sequence() const;
    bool moving() const { return out_.state.kind == ChallengeKind::movement; }
    int steps() const { return moving() ? rules_.movement_steps() : rules_.steps; }
    /// Key frames have the common budget, also those that movements follow.
    const FrameLimits& limits() const {
        return budget_of_movements() ? rules_.movement_limits : rules_.limits;
    }
    bool budget_of_movements() const { return moving() && out_.state.phase != ChallengePhase::collecting; }

    const ChallengeRules& rules_;
    UnixMicros now_;
    ChallengeStep out_;
};

void Machine::enter(ChallengePhase phase) {
    state().phase = phase;
    state().since = now_;
    state().shown_at.reset();
    state().step_frames = 0;
    state().step_done = false;
    state().late_frames = 0;
}

void Machine::on(const FrameArrived& frame) {
    state().frames += 1;
    state().bytes += frame.bytes;
    if (state().phase == ChallengePhase::stopped)
        return stop(StopCause::violation, Violation::frame_after_end);
    if (state().frames > limits().max_frames) return stop(StopCause::violation, Violation::too_many_frames);
    if (state().bytes > limits().max_total_bytes)
        return stop(StopCause::violation, Violation::too_many_bytes);
    const auto violation = label_violation(frame);
    if (violation != Violation::none) return stop(StopCause::violation, violation);
    if (!is_for_now(frame)) return;

    state().arrived_phase = frame.phase;
    state().arrived_counts = true;
    if (state().phase == ChallengePhase::revealing) {
        if (!state().shown_at) state().shown_at = now_;
        const Micros reaction = moving() ? rules_.movement_reaction : rules_.min_reaction;
        state().arrived_counts = now_ >= state().since + reaction;
    }
    act(Observe{});
}

/// Frames that were on their way when the page learned what comes next are tolerated, as many as may be
/// unacknowledged.
Violation Machine::label_violation(const FrameArrived& frame) {
    const bool key = frame.phase == FramePhase::key;
    const int most_steps = state().second ? std::max(rules_.steps, steps()) : steps();
    if (!key && frame.step >= most_steps) return Violation::wrong_step;
    switch (state().phase) {
        case ChallengePhase::collecting:
            return key ? Violation::none : Violation::step_not_revealed;
        case ChallengePhase::pausing:
            return Violation::none;
        case ChallengePhase::weighing:
        case ChallengePhase::checking:
        case ChallengePhase::stopped:
            return late(Violation::frame_after_end);
        case ChallengePhase::revealing:
            break;
    }
    if (key) return late(Violation::wrong_step);
    if (frame.step == state().step) return Violation::none;
    const bool of_last_sequence = state().step == 0 && (state().sequence > 0 || state().second);
    if (frame.step == state().step - 1 || of_last_sequence) return late(Violation::wrong_step);
    return frame.step > state().step ? Violation::step_not_revealed : Violation::wrong_step;
}

Violation Machine::late(Violation when_too_many) {
    state().late_frames += 1;
    return state().late_frames > rules_.frames_in_flight ? when_too_many : Violation::none;
}

bool Machine::is_for_now(const FrameArrived& frame) const {
    const auto& now = out_.state;
    if (now.phase == ChallengePhase::collecting || now.phase == ChallengePhase::pausing) return true;
    return now.phase == ChallengePhase::revealing && frame.phase == FramePhase::challenge &&
           frame.step == now.step;
}

void Machine::on(const FrameObserved& seen) {
    switch (state().phase) {
        case ChallengePhase::collecting:
        case ChallengePhase::pausing:
            observed_key(seen);
            break;
        case ChallengePhase::revealing:
            observed_response(seen);
            break;
        case ChallengePhase::weighing:
        case ChallengePhase::checking:
        case ChallengePhase::stopped:
            return;
    }
    advance();
}

void Machine::observed_key(const FrameObserved& seen) {
    state().face_in_view = seen.faces == 1;
    tell(seen.hint);
    const bool usable = seen.faces == 1 && seen.hint == face::Hint::none;
    if (!usable || state().arrived_phase != FramePhase::key) return;
    state().key_frames += 1;
    act(KeepKeyFrame{});
}

void Machine::observed_response(const FrameObserved& seen) {
    if (seen.faces != 1) {
        state().face_in_view = false;
        return restart();
    }
    if (!state().arrived_counts) return;
    if (moving() && seen.progress == face::MovementProgress::wrong) return restart();
    state().step_frames += 1;
    state().step_done = seen.progress == face::MovementProgress::done;
    act(KeepResponse{.step = state().step});
}

void Machine::on(const Weighed& weighed) {
    if (state().phase != ChallengePhase::weighing) return;
    if (!weighed.doubtful) return check();
    enter(ChallengePhase::pausing);
    state().kind = ChallengeKind::movement;
    state().second = true;
    state().sequence = 0;
    state().step = 0;
    state().frames = 0;
    state().bytes = 0;
    act(SecondCheck{});
}

void Machine::tell(face::Hint hint) {
    if (hint == state().hint) return;
    state().hint = hint;
    act(TellHint{.hint = hint});
}

void Machine::on(const Painted& painted) {
    const bool revealing = state().phase == ChallengePhase::revealing;
    if (revealing && painted.index == state().step && !state().shown_at) state().shown_at = now_;
    const bool ahead =
        state().phase == ChallengePhase::collecting || (revealing && painted.index > state().step);
    if (ahead && state().sequence == 0 && !state().second)
        return stop(StopCause::violation, Violation::step_not_revealed);
    advance();
}

void Machine::advance() {
    switch (state().phase) {
        case ChallengePhase::collecting:
            if (state().key_frames >= rules_.key_frames_needed)
                return state().kind == ChallengeKind::none ? check() : reveal(0);
            if (now_ >= state().since + rules_.key_time || !room_for_sequence())
                stop(StopCause::face_timeout);
            return;
        case ChallengePhase::pausing:
            if (now_ >= *next_tick(rules_, state())) reveal(0);
            return;
        case ChallengePhase::revealing:
            return advance_step();
        case ChallengePhase::weighing:
        case ChallengePhase::checking:
        case ChallengePhase::stopped:
            return;
    }
}

void Machine::advance_step() {
    if (now_ < *next_tick(rules_, state())) return;
    const bool answered = moving() ? state().step_done : state().step_frames >= rules_.frames_per_step;
    if (!answered) return restart();
    if (state().step + 1 < steps()) return reveal(state().step + 1);
    finish_sequence();
}

/// Every movement was weighed when it was made; colours are weighed together.
void Machine::finish_sequence() {
    if (moving()) return check();
    enter(ChallengePhase::weighing);
    act(Weigh{});
}

void Machine::check() {
    enter(ChallengePhase::checking);
    act(Check{});
}

void Machine::reveal(int index) {
    const bool first_movement = moving() && state().phase == ChallengePhase::collecting;
    if (first_movement) state().frames = 0;
    if (first_movement) state().bytes = 0;
    enter(ChallengePhase::revealing);
    state().step = index;
    act(Reveal{.kind = state().kind, .sequence = state().sequence, .index = index});
}

void Machine::restart() {
    const int most = moving() ? rules_.movement_restarts : rules_.max_restarts;
    if (state().sequence >= most || !room_for_sequence())
        return stop(moving() ? StopCause::unanswered : StopCause::interrupted);
    enter(ChallengePhase::pausing);
    state().sequence += 1;
    state().step = 0;
    act(Restart{.sequence = state().sequence});
}

void Machine::stop(StopCause cause, Violation violation) {
    if (state().phase == ChallengePhase::stopped && cause != StopCause::violation) return;
    enter(ChallengePhase::stopped);
    act(Stop{.cause = cause, .violation = violation});
}

bool Machine::room_for_sequence() const {
    const bool own = budget_of_movements();
    const auto frames = own ? rules_.movement_frames : rules_.sequence_frames;
    const auto bytes = own ? rules_.movement_bytes : rules_.sequence_bytes;
    return out_.state.frames + frames <= limits().max_frames &&
           out_.state.bytes + bytes <= limits().max_total_bytes;
}

}  // namespace

ChallengeState start_challenge(ChallengeKind kind, UnixMicros now) {
    return ChallengeState{.kind = kind, .since = now};
}

ChallengeStep step_challenge(const ChallengeRules& rules, ChallengeState state, const ChallengeEvent& event,
                             UnixMicros now) {
    Machine machine(rules, state, now);
    std::visit([&](const auto& e) { machine.on(e); }, event);
    return std::move(machine).take();
}

std::optional<UnixMicros> next_tick(const ChallengeRules& rules, const ChallengeState& state) {
    switch (state.phase) {
        case ChallengePhase::collecting:
            return state.since + rules.key_time;
        case ChallengePhase::pausing:
            return state.since + (state.face_in_view ? rules.restart_pause : rules.regain_time);
        case ChallengePhase::revealing:
            if (state.kind == ChallengeKind::movement)
                return state.step_done ? state.since : state.since + rules.movement_time;
            if (state.step_frames >= rules.frames_per_step && state.shown_at)
                return *state.shown_at + rules.hold;
            return state.since + rules.step_time;
        case ChallengePhase::weighing:
        case ChallengePhase::checking:
        case ChallengePhase::stopped:
            return std::nullopt;
    }
    return std::nullopt;
}

std::string_view to_string(ChallengeKind kind) {
    switch (kind) {
        case ChallengeKind::none:
            return "none";
        case ChallengeKind::colour_sequence:
            return "colour_sequence";
        case ChallengeKind::movement:
            return "movement";
    }
    return "none";
}

std::string_view to_string(Violation violation) {
    switch (violation) {
        case Violation::none:
            return "none";
        case Violation::step_not_revealed:
            return "step_not_revealed";
        case Violation::wrong_step:
            return "wrong_step";
        case Violation::frame_after_end:
            return "frame_after_end";
        case Violation::too_many_frames:
            return "too_many_frames";
        case Violation::too_many_bytes:
            return "too_many_bytes";
    }
    return "none";
}

}  // namespace countersign::domain
