#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "domain/capture/best_frames.hpp"
#include "domain/capture/camera_signals.hpp"
#include "domain/capture/judge.hpp"
#include "domain/capture/messages.hpp"
#include "domain/capture/picture_repeats.hpp"
#include "domain/capture/ports.hpp"
#include "domain/challenge/machine.hpp"
#include "domain/challenge/plan.hpp"

namespace countersign::domain {

struct CaptureSettings {
    ChallengeRules rules;
    Micros result_bucket{milliseconds(50)};  // a result leaves on a multiple of this after `checking` (T17)
    int max_texts{200};                      // JSON messages of one page
    std::size_t max_waiting{1024};           // captures charged, stream not yet opened
    std::size_t max_polled{64};              // captures over HTTP at the same time
    Micros polled_idle{seconds(15)};         // a page that stops polling is gone
};

/// What one capture was promised: drawn at the charge, known to browser and server only, never stored.
struct CaptureSecrets {
    ChallengeKind kind{ChallengeKind::none};
    ChallengePlan plan;
    Bytes nonce;
    SecretBytes mac_key;
    std::string camera_label{};  // as the page told it
};

/// What the caller does next: send `messages` in order; call `on_timer()` at `wake_at` unless something else
/// comes first (the newest output's `wake_at` replaces all earlier ones); close after the messages once
/// `finished`.
struct CaptureOutput {
    std::vector<ServerMessage> messages;
    std::optional<UnixMicros> wake_at;
    bool finished{false};
};

/// The finding of a capture that ended without a match or an enrolment.
inline CaptureFinding without_match(AttemptResult result) {
    CaptureFinding finding;
    finding.result = result;
    return finding;
}

/// What all captures of a process share. References outlive every session.
struct CaptureParts {
    AttemptLedger& ledger;
    face::FaceEngine& engine;
    const Clock& clock;
    Random& random;
    const CaptureSettings& settings;
};

/// One capture from the opened stream to the result message.
///
/// Every picture is decoded and measured again here; nothing the page claims decides. The verdict is recorded
/// before the result is told, and told on a time bucket. Any error of engine or store ends the capture with
/// `error` `unavailable`: nothing is granted and the attempt stays charged.
///
/// Errors:  none to handle: failures become messages and `finished`.
/// Threads: one call at a time; each may run inference and block on the store: compute lane.
/// Source:  docs/protocol/capture.md; requirements S5, S7, S13.
class CaptureSession {
public:
    CaptureSession(CaptureParts parts, OpenedCapture opened, CaptureSecrets secrets);

    /// Once, first: `ready`.
    CaptureOutput on_open();
    CaptureOutput on_frame(ByteView message);
    CaptureOutput on_text(std::string_view message);
    CaptureOutput on_timer();
    /// The connection ended. A capture without verdict is recorded as aborted; a decided one keeps its
    /// verdict.
    void on_closed();

    bool finished() const { return stage_ == Stage::finished; }
    const VerificationId& verification() const { return opened_.verification.id; }
    const ChallengeId& challenge() const { return opened_.challenge; }

private:
    enum class Stage { streaming, judging, padding, finished };

    void feed(const ChallengeEvent& event);
    Result<face::Observation> observe(const Frame& frame, bool coloured);
    void look_at(const Frame& frame);
    void carry_out(const ChallengeAction& action);
    face::MovementProgress progress_of(const face::Observation& seen);
    void reveal(const Reveal& step);
    void keep_response(int step);
    void restart(bool second_check);
    void weigh();
    void check();
    void stopped(const Stop& stop);
    void cancel();
    void run_judgement();
    CaptureEvidence evidence();
    void forget_frames();
    void conclude(const CaptureFinding& finding, std::string_view neutral_code);
    void break_off(AttemptResult result, std::string_view code);
    CaptureFinding for_the_record(CaptureFinding finding) const;
    void pad(ResultMessage message);
    void refuse(const Error& error);
    template <class Message>
    void say(Message message) {
        out_.messages.emplace_back(std::move(message));
    }
    CaptureOutput take();

    CaptureParts parts_;
    OpenedCapture opened_;
    CaptureSecrets secrets_;
    FrameChain chain_;
    ChallengeState machine_;
    PictureRepeats repeats_;
    CameraSignals signals_;
    BestFrames key_frames_;
    std::vector<BestFrames> answers_;  // the best challenge frame of each step, to see one person throughout
    std::vector<face::ColourResponse> responses_;
    face::ChallengeAnswer colours_{face::ChallengeAnswer::not_live};
    std::vector<face::MovementFrame> movement_frames_;
    std::optional<face::Observation> current_;  // the frame under observation
    face::FaceTrack track_;                     // where the face was in the frame before
    Stage stage_{Stage::streaming};
    UnixMicros checking_since_;
    std::optional<UnixMicros> face_at_;  // when the key frames were complete
    std::optional<ResultMessage> result_;
    UnixMicros release_at_;
    int texts_{0};
    CaptureOutput out_;
};

}  // namespace countersign::domain
