#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "domain/capture/service.hpp"
#include "tests/support/fake_attempt_ledger.hpp"
#include "tests/support/fake_face_engine.hpp"
#include "tests/support/frame_builder.hpp"

namespace countersign::testing {

/// A message as one word: "ack:3", "hint:too_far", "step:0", "result:retry/not_verified/2",
/// "error:unavailable".
inline std::string word(const domain::ServerMessage& message) {
    const auto object = domain::to_json(message);
    std::string out(object.at("type").as_string());
    if (out == "ack") out += fmt::format(":{}", object.at("seq").to_number<int>());
    if (out == "step") out += fmt::format(":{}", object.at("index").to_number<int>());
    if (out == "result") {
        out += fmt::format(":{}/{}/{}", std::string(object.at("status").as_string()),
                           std::string(object.at("code").as_string()),
                           object.at("attempts_left").to_number<int>());
    } else if (object.contains("code") && out != "restart") {
        out += ":" + std::string(object.at("code").as_string());
    }
    return out;
}

/// A page in front of a capture service: opens captures, sends frames, keeps what it hears. For tests only.
class CaptureFixture : public ::testing::Test {
protected:
    CaptureFixture() { ledger_.integration.settings.liveness = domain::LivenessPolicy::both; }

    domain::BrowserSession browser() const {
        domain::BrowserSession out;
        out.verification = ledger_.verification;
        out.integration = ledger_.integration;
        return out;
    }

    void enrol(const std::string& person) {
        ledger_.enrolled.emplace_back(CredentialId::make(clock_.now(), random_), std::vector{person});
    }
    void policy(domain::LivenessPolicy liveness) { ledger_.integration.settings.liveness = liveness; }

    /// Charges an attempt and connects.
    void open() {
        offer_ = service_.open(browser(), client_).value();
        sender_.emplace(offer_->mac_key.view(), offer_->nonce);
        session_ = service_.attach(browser(), offer_->ticket).value();
        heard_.clear();
        hear(session_->on_open());
    }

    std::string hear(domain::CaptureOutput output) {
        std::string words;
        for (const auto& message : output.messages) {
            heard_.push_back(word(message));
            words += (words.empty() ? "" : " ") + heard_.back();
        }
        wake_at_ = output.wake_at;
        finished_ = output.finished;
        return words;
    }

    /// The frames of a camera do not come like clockwork.
    FrameBuilder::Label timed(FrameBuilder::Label label) {
        if (!like_a_camera_) return label;
        camera_ms_ += 60 + 25 * (pictures_ % 3);
        label.capture_time_ms = camera_ms_;
        label.send_time_ms = camera_ms_ + 10;
        return label;
    }
    /// A picture nobody sent before.
    std::string picture(std::string_view person) { return fmt::format("{} {}", person, ++pictures_); }
    Bytes key_frame(std::string_view person) {
        return sender_->next(timed(FrameBuilder::key()), picture(person));
    }
    Bytes answer_frame(int step, std::string_view person) {
        return sender_->next(timed(FrameBuilder::challenge(step)), picture(person));
    }

    std::string key(std::string_view person) { return hear(session_->on_frame(key_frame(person))); }
    std::string answer(int step, std::string_view person) {
        return hear(session_->on_frame(answer_frame(step, person)));
    }
    std::string text(std::string_view message) { return hear(session_->on_text(message)); }
    std::string wake() {
        if (wake_at_ && clock_.now() < *wake_at_) clock_.set(*wake_at_);
        return hear(session_->on_timer());
    }

    void send_key_frames(std::string_view person) {
        for (int i = 0; i < 3; ++i)
            key(person);
    }
    /// Answers one revealed step and waits for the next.
    void answer_step(int step, std::string_view person) {
        text(fmt::format(R"({{"type":"painted","index":{}}})", step));
        for (int i = 0; i < 3; ++i) {
            clock_.advance(milliseconds(80));
            answer(step, person);
        }
        wake();
    }
    void answer_all(std::string_view person) {
        for (int step = 0; step < offer_->steps; ++step)
            answer_step(step, person);
    }
    /// From `checking` to the end; the last thing heard.
    std::string verdict() {
        for (int i = 0; i < 4 && !finished_; ++i)
            wake();
        return heard_.back();
    }
    std::string capture(std::string_view person) {
        open();
        send_key_frames(person);
        answer_all(person);
        return verdict();
    }

    FakeClock clock_;
    FakeRandom random_;
    FakeFaceEngine engine_;
    FakeAttemptLedger ledger_{clock_, random_};
    domain::CaptureService service_{ledger_, engine_, clock_, random_};
    domain::CaptureClient client_{.transport = "websocket"};
    std::optional<domain::ChallengeOffer> offer_;
    std::optional<FrameBuilder> sender_;
    std::unique_ptr<domain::CaptureSession> session_;
    std::vector<std::string> heard_;
    std::optional<UnixMicros> wake_at_;
    bool finished_{false};
    int pictures_{0};
    bool like_a_camera_{false};
    double camera_ms_{1000};
};

}  // namespace countersign::testing
