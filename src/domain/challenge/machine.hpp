#pragma once

#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/challenge/frame_protocol.hpp"
#include "domain/challenge/rules.hpp"
#include "face/api/types.hpp"

namespace countersign::domain {

/// The liveness challenge of one capture as a pure state machine: `step_challenge(rules, state, event, now)`.
/// It knows neither socket, engine nor storage; the capture session feeds it and carries out the actions.
///
///   collecting ──3 key frames──► revealing ──last step done──► weighing ──clear──► checking ──► (verdict,
///       │            (kind none: straight to checking)  ▲    │             │ doubt            outside)
///       │ 20 s                                          │    │ face lost,  ▼
///       │                                               └────┴───────── pausing (new sequence)
///       └──────────────► stopped ◄── violation, cancel, no restart left
///
/// Colours are weighed when all are in, and doubt leads to movements. A movement is weighed frame by frame
/// (FrameObserved::progress), so after the last one there is nothing left to weigh.
///
/// Flash safety: a colour is revealed no sooner than `hold` after the previous one was seen on the screen,
/// also over a network that delivers in bursts. Source: docs/protocol/capture.md; threats T14, T16.
enum class ChallengeKind { none, colour_sequence, movement };
std::string_view to_string(ChallengeKind kind);

enum class ChallengePhase { collecting, revealing, pausing, weighing, checking, stopped };

/// Why a capture ended before a verdict.
/// Unanswered: movements not made, or others than the wanted ones.
enum class StopCause { face_timeout, interrupted, unanswered, violation, cancelled };

/// What the page did against the protocol. For log and audit.
enum class Violation {
    none,
    step_not_revealed,
    wrong_step,
    frame_after_end,
    too_many_frames,
    too_many_bytes,
};
std::string_view to_string(Violation violation);

struct ChallengeState {
    ChallengeKind kind{ChallengeKind::none};  // of the sequence that is shown, or comes next
    bool second{false};                       // movements that follow doubtful colours
    ChallengePhase phase{ChallengePhase::collecting};
    UnixMicros since{};  // entry into the phase; in `revealing` the reveal of the current step
    std::optional<UnixMicros> shown_at{};  // first sign that the current colour is on the screen
    int sequence{0};                       // of this kind: 0, then one more per restart
    int step{0};                           // index of the revealed step
    int key_frames{0};
    int step_frames{0};       // counted for the current step
    bool step_done{false};    // the last frame showed the wanted movement
    int late_frames{0};       // since the last message that changed what to send
    std::uint32_t frames{0};  // of the current budget
    std::uint64_t bytes{0};
    bool face_in_view{true};
    face::Hint hint{face::Hint::none};  // last told
    FramePhase arrived_phase{FramePhase::key};
    bool arrived_counts{false};  // the frame under observation came in time for its step
};

/// A frame with a valid chain, before it is decoded: its labels and size decide whether it is looked at.
struct FrameArrived {
    FramePhase phase{FramePhase::key};
    int step{0};
    std::size_t bytes{0};
};
/// The outcome of `Observe` for the frame that arrived last.
struct FrameObserved {
    int faces{0};
    face::Hint hint{face::Hint::none};
    face::MovementProgress progress{face::MovementProgress::waiting};  // of the step, when it is a movement
};
/// The outcome of `Weigh`.
struct Weighed {
    bool doubtful{false};
};
struct Painted {
    int index{0};
};
struct Tick {};
struct Cancel {};
using ChallengeEvent = std::variant<FrameArrived, FrameObserved, Weighed, Painted, Tick, Cancel>;

struct Observe {};  // decode and measure the frame, then send FrameObserved
struct TellHint {
    face::Hint hint{face::Hint::none};
};
struct KeepKeyFrame {};
struct KeepResponse {
    int step{0};
};  // the observation answers this step
struct Reveal {
    ChallengeKind kind{ChallengeKind::none};
    int sequence{0};
    int index{0};
};
struct Restart {
    int sequence{0};
};  // forget the responses; `sequence` comes next
struct Weigh {};        // the colours are in: tell whether they leave a doubt, then send Weighed
struct SecondCheck {};  // movements come next
struct Check {};        // all is in: judge
struct Stop {
    StopCause cause{StopCause::violation};
    Violation violation{Violation::none};
};
using ChallengeAction = std::variant<Observe, TellHint, KeepKeyFrame, KeepResponse, Reveal, Restart, Weigh,
                                     SecondCheck, Check, Stop>;

struct ChallengeStep {
    ChallengeState state;
    std::vector<ChallengeAction> actions;  // in the order to carry out
};

ChallengeState start_challenge(ChallengeKind kind, UnixMicros now);
ChallengeStep step_challenge(const ChallengeRules& rules, ChallengeState state, const ChallengeEvent& event,
                             UnixMicros now);

/// When the machine wants a Tick although nothing arrives. Nothing once it checks or has stopped.
std::optional<UnixMicros> next_tick(const ChallengeRules& rules, const ChallengeState& state);

}  // namespace countersign::domain
