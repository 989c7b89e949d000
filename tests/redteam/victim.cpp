#include "tests/redteam/victim.hpp"

#include "tests/support/frame_builder.hpp"

namespace countersign::redteam {

using testing::FrameBuilder;

/// One verification with its own clock and chance.
struct Victim::Stage {
    Stage(face::FaceEngine& engine, std::uint64_t seed)
        : random(seed), ledger(clock, random), service(ledger, engine, clock, random) {}

    testing::FakeClock clock;
    testing::FakeRandom random;
    testing::FakeAttemptLedger ledger;
    domain::CaptureService service;
};

namespace {

constexpr Micros kBetweenKeyFrames = milliseconds(200);
constexpr Micros kBetweenAnswers = milliseconds(80);
constexpr Micros kBetweenMovementFrames = milliseconds(140);

/// The page: what it was told last, and what it sends.
class Page {
public:
    Page(const Camera& camera, const domain::ChallengeOffer& offer)
        : camera_(camera), sender_(offer.mac_key.view(), offer.nonce) {}

    /// The reply that a message asks for, empty for none.
    std::string hear(const domain::ServerMessage& message) {
        if (const auto* colour = std::get_if<domain::ColourStepMessage>(&message)) {
            step_ = colour->index;
            pause_ = kBetweenAnswers;
            scene_.colour = face::palette()[static_cast<std::size_t>(colour->palette_index)];
            return fmt::format(R"({{"type":"painted","index":{}}})", step_);
        }
        if (const auto* movement = std::get_if<domain::MovementStepMessage>(&message)) {
            step_ = movement->index;
            pause_ = kBetweenMovementFrames;
            scene_.colour.reset();
            return fmt::format(R"({{"type":"painted","index":{}}})", step_);
        }
        if (std::holds_alternative<domain::RestartMessage>(message)) step_ = -1;
        if (std::holds_alternative<domain::CheckingMessage>(message)) sending_ = false;
        return {};
    }

    bool sending() const { return sending_; }
    Micros pause() const { return step_ < 0 ? kBetweenKeyFrames : pause_; }

    Bytes frame(std::vector<Bytes>& sent) {
        scene_.answering = step_ >= 0;
        const Bytes picture = camera_(scene_);
        ++scene_.frame;
        sent.push_back(picture);
        const auto label = step_ >= 0 ? FrameBuilder::challenge(step_) : FrameBuilder::key();
        return sender_.next(label, as_text(picture));
    }

private:
    const Camera& camera_;
    FrameBuilder sender_;
    Scene scene_;
    int step_{-1};
    Micros pause_{kBetweenAnswers};
    bool sending_{true};
};

domain::BrowserSession browser_of(const testing::FakeAttemptLedger& ledger) {
    domain::BrowserSession browser;
    browser.verification = ledger.verification;
    browser.integration = ledger.integration;
    return browser;
}

}  // namespace

Attempt Victim::capture(Stage& stage, const Camera& camera, bool movements) {
    const auto browser = browser_of(stage.ledger);
    domain::CaptureClient client{.transport = "websocket", .prefers_movement = movements};
    const auto offer = stage.service.open(browser, client).value();
    const auto session = stage.service.attach(browser, offer.ticket).value();
    Page page(camera, offer);
    Attempt attempt;
    std::optional<UnixMicros> wake_at;
    bool finished = false;
    const auto take = [&](domain::CaptureOutput output, auto&& again) -> void {
        wake_at = output.wake_at;
        finished = output.finished;
        for (const auto& message : output.messages) {
            const auto reply = page.hear(message);
            if (!reply.empty() && !finished) again(session->on_text(reply), again);
        }
    };
    take(session->on_open(), take);
    UnixMicros next_frame = stage.clock.now();
    while (!finished) {
        if (page.sending() && (!wake_at || next_frame <= *wake_at)) {
            stage.clock.set(next_frame);
            take(session->on_frame(page.frame(attempt.pictures)), take);
            next_frame = stage.clock.now() + page.pause();
        } else {
            if (wake_at && *wake_at > stage.clock.now()) stage.clock.set(*wake_at);
            take(session->on_timer(), take);
        }
    }
    CS_CHECK(!stage.ledger.recorded.empty());
    attempt.result = stage.ledger.recorded.back();
    imprints_ = std::move(stage.ledger.imprints);
    return attempt;
}

Result<void> Victim::enrol(const Camera& camera) {
    Stage stage(engine_, seed_++);
    stage.ledger.verification.purpose = domain::Purpose::enrolment;
    const auto attempt = capture(stage, camera, false);
    if (!attempt.accepted())
        return fail(ErrorCode::internal, fmt::format("enrolment: {}", to_string(attempt.result)));
    samples_ = stage.ledger.stored_samples;
    return {};
}

Attempt Victim::verify(const Camera& camera, domain::LivenessPolicy policy, bool movements) {
    Stage stage(engine_, seed_++);
    stage.ledger.verification.purpose = domain::Purpose::verification;
    stage.ledger.integration.settings.liveness = policy;
    stage.ledger.enrolled.emplace_back(CredentialId::make(stage.clock.now(), stage.random), samples_);
    stage.ledger.enrolled_model = engine_.embedding_model();
    stage.ledger.imprints = std::move(imprints_);
    return capture(stage, camera, movements);
}

}  // namespace countersign::redteam
