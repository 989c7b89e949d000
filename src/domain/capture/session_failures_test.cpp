// Every way in which a capture does not pass, with what the page hears and what the audit learns.
#include <gmock/gmock.h>

#include "domain/capture/session.hpp"
#include "tests/support/capture_fixture.hpp"

namespace countersign::domain {
namespace {

using ::testing::ElementsAre;
using testing::FrameBuilder;

class CaptureFailure : public testing::CaptureFixture {
protected:
    void SetUp() override { enrol("alice"); }
    AttemptResult cause() const { return ledger_.recorded.back(); }
};

TEST_F(CaptureFailure, HasOneNeutralWordForEveryCauseOfTheVerdict) {
    EXPECT_EQ(capture("bob"), "result:retry/not_verified/2");
    EXPECT_EQ(cause(), AttemptResult::no_match);
    ledger_.verification.attempts_used = 0;
    engine_.passive = face::Liveness::not_live;
    EXPECT_EQ(capture("alice"), "result:retry/not_verified/2");
    EXPECT_EQ(cause(), AttemptResult::not_live_passive);
    ledger_.verification.attempts_used = 0;
    engine_.passive = face::Liveness::live;
    engine_.active = face::ChallengeAnswer::not_live;
    EXPECT_EQ(capture("alice"), "result:retry/not_verified/2");
    EXPECT_EQ(cause(), AttemptResult::not_live_active);
}

TEST_F(CaptureFailure, SomebodyElseAnswersTheChallenge) {
    open();
    send_key_frames("alice");
    answer_all("bob");
    EXPECT_EQ(verdict(), "result:retry/not_verified/2");
    EXPECT_EQ(cause(), AttemptResult::identity_changed);
}

TEST_F(CaptureFailure, ChallengeIsAnsweredWithAStillThatIsOnlyTinted) {
    open();
    send_key_frames("alice");
    answer_all("alice same");
    EXPECT_EQ(verdict(), "result:retry/not_verified/2");
    EXPECT_EQ(cause(), AttemptResult::repeated_frames);
}

TEST_F(CaptureFailure, OlderPicturesComeBack) {
    open();
    for (int i = 0; i < 3; ++i) {
        hear(session_->on_frame(sender_->next(FrameBuilder::key(), fmt::format("alice k{}", i))));
    }
    clock_.advance(milliseconds(80));
    hear(session_->on_frame(sender_->next(FrameBuilder::challenge(0), "alice k0")));
    answer_all("alice");
    EXPECT_EQ(verdict(), "result:retry/not_verified/2");
    EXPECT_EQ(cause(), AttemptResult::repeated_frames);
}

TEST_F(CaptureFailure, OneFrozenPictureIsSentAgainAndAgain) {
    for (const auto liveness : {LivenessPolicy::both, LivenessPolicy::active, LivenessPolicy::passive}) {
        ledger_.verification.attempts_used = 0;
        policy(liveness);
        open();
        for (int i = 0; i < 13; ++i)
            hear(session_->on_frame(sender_->next(FrameBuilder::key(), "alice still")));
        EXPECT_EQ(verdict(), "result:retry/not_verified/2") << to_string(liveness);
        EXPECT_EQ(cause(), AttemptResult::repeated_frames);
    }
    EXPECT_EQ(engine_.observed, 3) << "a repeat is not decoded: one look per capture";
}

TEST_F(CaptureFailure, NoUsableFaceInTwentySeconds) {
    open();
    key("alice too_far");
    wake();
    EXPECT_EQ(verdict(), "result:retry/face_timeout/2");
    EXPECT_EQ(cause(), AttemptResult::face_timeout);
}

TEST_F(CaptureFailure, ChallengeIsInterruptedTooOften) {
    open();
    send_key_frames("alice");
    for (int i = 0; i < 2; ++i) {
        answer(0, "alice two_faces");
        wake();
    }
    answer(0, "alice no_face");
    EXPECT_EQ(verdict(), "result:retry/face_timeout/2");
    EXPECT_EQ(cause(), AttemptResult::interrupted);
}

TEST_F(CaptureFailure, PageDoesNotAnswerInTime) {
    open();
    send_key_frames("alice");
    for (int i = 0; i < 6; ++i)
        wake();
    EXPECT_EQ(verdict(), "result:retry/face_timeout/2");
    EXPECT_EQ(cause(), AttemptResult::interrupted);
}

TEST_F(CaptureFailure, FramesOfAnEarlierCaptureAreReplayed) {
    open();
    std::vector<Bytes> recorded;
    for (int i = 0; i < 3; ++i)
        recorded.push_back(key_frame("alice"));
    open();
    EXPECT_EQ(hear(session_->on_frame(recorded.front())), "error:protocol_error");
    EXPECT_TRUE(finished_);
    EXPECT_EQ(cause(), AttemptResult::broken_chain);
    EXPECT_EQ(engine_.observed, 0) << "refused before anything is decoded";
}

TEST_F(CaptureFailure, FrameIsMissingOrForgedOrMalformed) {
    open();
    static_cast<void>(key_frame("alice"));
    EXPECT_EQ(key("alice"), "error:protocol_error") << "gap";
    open();
    auto forged = key_frame("alice");
    forged.back() ^= 1U;
    EXPECT_EQ(hear(session_->on_frame(forged)), "error:protocol_error");
    open();
    EXPECT_EQ(hear(session_->on_frame(as_bytes("nonsense"))), "error:protocol_error");
    EXPECT_EQ(ledger_.verification.state, VerificationState::failed) << "three attempts were charged";
}

TEST_F(CaptureFailure, StepIsAnsweredBeforeItIsRevealed) {
    open();
    EXPECT_EQ(answer(0, "alice"), "ack:0 error:protocol_error");
    EXPECT_EQ(cause(), AttemptResult::broken_chain);
    open();
    send_key_frames("alice");
    EXPECT_EQ(answer(1, "alice"), "ack:3 error:protocol_error");
}

TEST_F(CaptureFailure, MessageIsNotOfTheProtocol) {
    open();
    EXPECT_EQ(text("{"), "error:protocol_error");
    EXPECT_EQ(cause(), AttemptResult::broken_chain);
    open();
    send_key_frames("alice");
    for (int i = 0; i < 200; ++i)
        ASSERT_EQ(text(R"({"type":"painted","index":0})"), "") << i;
    EXPECT_EQ(text(R"({"type":"painted","index":0})"), "error:protocol_error");
}

TEST_F(CaptureFailure, PictureIsBrokenOrTooLarge) {
    open();
    EXPECT_EQ(key("broken"), "ack:0 error:invalid_argument");
    EXPECT_EQ(cause(), AttemptResult::broken_chain);
    open();
    EXPECT_EQ(key("alice wide"), "ack:0 error:payload_too_large");
    EXPECT_EQ(cause(), AttemptResult::broken_chain);
}

TEST_F(CaptureFailure, DecoderIsDown) {
    open();
    EXPECT_EQ(key("engine_down"), "ack:0 error:unavailable");
    EXPECT_TRUE(finished_);
    EXPECT_EQ(cause(), AttemptResult::aborted);
}

TEST_F(CaptureFailure, EngineIsDownAtTheVerdict) {
    engine_.fails = true;
    EXPECT_EQ(capture("alice"), "error:unavailable");
    EXPECT_THAT(ledger_.recorded, ElementsAre(AttemptResult::aborted));
}

TEST_F(CaptureFailure, VerdictCannotBeCommitted) {
    for (const auto error : {ErrorCode::unavailable, ErrorCode::storage_full, ErrorCode::internal}) {
        ledger_.verification.attempts_used = 0;
        ledger_.record_error = error;
        EXPECT_EQ(capture("alice"), "error:unavailable") << to_string(error);
        for (const auto& heard : heard_)
            EXPECT_FALSE(heard.starts_with("result")) << heard;
    }
    EXPECT_TRUE(ledger_.recorded.empty());
}

TEST_F(CaptureFailure, VerificationRanOutOfTime) {
    ledger_.record_error = ErrorCode::transaction_expired;
    EXPECT_EQ(capture("alice"), "result:failed/expired/0");
}

TEST_F(CaptureFailure, AccountWasLockedMeanwhile) {
    ledger_.record_error = ErrorCode::locked;
    EXPECT_EQ(capture("alice"), "result:failed/locked/0");
}

TEST_F(CaptureFailure, VerificationEndedMeanwhile) {
    for (const auto error : {ErrorCode::attempts_used_up, ErrorCode::forbidden, ErrorCode::not_enrolled}) {
        ledger_.verification.attempts_used = 0;
        ledger_.record_error = error;
        EXPECT_EQ(capture("alice"), "error:conflict") << to_string(error);
    }
}

TEST_F(CaptureFailure, NewerCaptureTookOver) {
    open();
    send_key_frames("alice");
    answer_all("alice");
    ASSERT_TRUE(service_.open(browser(), {.transport = "websocket"}).has_value());
    EXPECT_EQ(verdict(), "error:conflict");
    EXPECT_TRUE(ledger_.recorded.empty());
}

TEST_F(CaptureFailure, ThePersonsTemplatesAreOfAnotherModel) {
    ledger_.enrolled_model = "old/1";
    EXPECT_EQ(capture("alice"), "error:unavailable");
}

TEST_F(CaptureFailure, EnrolmentThatFailsStoresNothing) {
    ledger_.verification.purpose = Purpose::enrolment;
    engine_.passive = face::Liveness::not_live;
    EXPECT_EQ(capture("alice"), "result:retry/not_verified/2");
    EXPECT_TRUE(ledger_.stored_samples.empty());
}

}  // namespace
}  // namespace countersign::domain
