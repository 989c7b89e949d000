#include "domain/capture/session.hpp"

#include <gmock/gmock.h>

#include <algorithm>

#include "tests/support/capture_fixture.hpp"

namespace countersign::domain {
namespace {

using ::testing::ElementsAre;

class Capture : public testing::CaptureFixture {};

TEST_F(Capture, EnrolsAFaceWithItsThreeBestSamples) {
    ledger_.verification.purpose = Purpose::enrolment;
    EXPECT_EQ(capture("alice"), "result:passed/passed/2");
    EXPECT_THAT(ledger_.recorded, ElementsAre(AttemptResult::passed));
    EXPECT_THAT(ledger_.stored_samples, ElementsAre("alice", "alice", "alice"));
}

TEST_F(Capture, VerifiesTheEnrolledFace) {
    enrol("alice");
    EXPECT_EQ(capture("alice"), "result:passed/passed/2");
    EXPECT_EQ(ledger_.matched, ledger_.enrolled.front().first);
    EXPECT_TRUE(ledger_.stored_samples.empty());
}

TEST_F(Capture, RecordsWhatSpeaksForAProgramAndDecidesNothingByIt) {
    enrol("alice");
    client_.camera_label = "OBS Virtual Camera";

    EXPECT_EQ(capture("alice"), "result:passed/passed/2");

    EXPECT_EQ(ledger_.signals, (std::vector<std::string>{"steady_frames", "virtual_camera"}));
}

TEST_F(Capture, OffersASampleToKeepWhereTheIntegrationAdapts) {
    enrol("alice");
    like_a_camera_ = true;
    EXPECT_EQ(capture("alice"), "result:passed/passed/2");
    EXPECT_THAT(ledger_.adaptation, ElementsAre()) << "off by default";

    ledger_.integration.settings.adapt_templates = true;
    ledger_.verification.state = VerificationState::consented;
    EXPECT_EQ(capture("alice"), "result:passed/passed/1");
    EXPECT_THAT(ledger_.adaptation, ElementsAre("alice"));

    client_.camera_label = "OBS Virtual Camera";
    ledger_.verification.state = VerificationState::consented;
    EXPECT_EQ(capture("alice"), "result:passed/passed/0");
    EXPECT_THAT(ledger_.adaptation, ElementsAre()) << "nothing is learnt from what may be a program";
}

TEST_F(Capture, SaysEverythingInTheOrderOfTheProtocol) {
    enrol("alice");
    open();
    EXPECT_THAT(heard_, ElementsAre("ready"));
    EXPECT_EQ(key("alice too_far"), "ack:0 hint:too_far");
    EXPECT_EQ(key("alice"), "ack:1 hint:none");
    EXPECT_EQ(key("alice"), "ack:2");
    EXPECT_EQ(key("alice"), "ack:3 step:0");
    answer_all("alice");
    EXPECT_EQ(std::ranges::count(heard_, "step:5"), 1);
    EXPECT_EQ(heard_.back(), "checking");
    EXPECT_EQ(wake_at_, clock_.now()) << "judge at once, but after `checking` has left";
    EXPECT_EQ(wake(), "");
    EXPECT_EQ(wake(), "result:passed/passed/2");
    EXPECT_TRUE(finished_);
    EXPECT_EQ(wake_at_, std::nullopt);
}

TEST_F(Capture, SkipsTheChallengeUnderThePassivePolicy) {
    policy(LivenessPolicy::passive);
    enrol("alice");
    open();
    EXPECT_EQ(offer_->kind, ChallengeKind::none);
    EXPECT_EQ(offer_->steps, 0);
    key("alice");
    key("alice");
    EXPECT_EQ(key("alice"), "ack:2 checking");
    EXPECT_EQ(verdict(), "result:passed/passed/2");
}

TEST_F(Capture, GivesTheEngineTheColoursItRevealed) {
    enrol("alice");
    open();
    send_key_frames("alice");
    answer_all("alice");
    verdict();
    ASSERT_EQ(engine_.judged_steps.size(), 6U);
    EXPECT_EQ(engine_.judged_responses.size(), 18U) << "three frames for each step";
    EXPECT_EQ(engine_.judged_responses.front().step, 0);
    EXPECT_EQ(engine_.judged_responses.back().step, 5);
}

TEST_F(Capture, ShowsExactlyTheCommittedSequence) {
    enrol("alice");
    open();
    std::vector<int> shown;
    const auto collect = [&](CaptureOutput output) {
        for (const auto& message : output.messages) {
            if (const auto* step = std::get_if<ColourStepMessage>(&message))
                shown.push_back(step->palette_index);
        }
        hear(std::move(output));
    };
    for (int i = 0; i < 3; ++i)
        collect(session_->on_frame(key_frame("alice")));
    for (int step = 0; step < 6; ++step) {
        for (int i = 0; i < 2; ++i) {
            clock_.advance(milliseconds(100));
            collect(session_->on_frame(answer_frame(step, "alice")));
        }
        clock_.set(*wake_at_);
        collect(session_->on_timer());
    }
    verdict();
    ASSERT_EQ(shown.size(), 6U);
    for (std::size_t i = 0; i < 6; ++i)
        EXPECT_EQ(engine_.judged_steps[i].palette_index, shown[i]) << i;
}

TEST_F(Capture, UsesANewSequenceAndFreshAnswersAfterARestart) {
    enrol("alice");
    open();
    send_key_frames("alice");
    answer_step(0, "alice");
    EXPECT_EQ(answer(1, "alice no_face"), "ack:6 restart");
    EXPECT_EQ(wake(), "step:0");
    answer_all("alice");
    EXPECT_EQ(verdict(), "result:passed/passed/2");
    EXPECT_EQ(engine_.judged_responses.size(), 18U) << "answers to the broken sequence are forgotten";
}

TEST_F(Capture, IsOpenToARetryUntilTheAttemptsAreUsedUp) {
    enrol("alice");
    EXPECT_EQ(capture("bob"), "result:retry/not_verified/2");
    EXPECT_EQ(capture("bob"), "result:retry/not_verified/1");
    EXPECT_EQ(capture("bob"), "result:failed/not_verified/0");
    const auto fourth = service_.open(browser(), {.transport = "websocket"});
    ASSERT_FALSE(fourth.has_value());
    EXPECT_EQ(fourth.error().code, ErrorCode::attempts_used_up);
    EXPECT_EQ(ledger_.recorded.size(), 3U);
}

TEST_F(Capture, PassesOnALaterAttempt) {
    enrol("alice");
    EXPECT_EQ(capture("bob"), "result:retry/not_verified/2");
    EXPECT_EQ(capture("alice"), "result:passed/passed/1");
}

TEST_F(Capture, TellsTheResultOnlyOnABucketEdge) {
    enrol("alice");
    engine_.on_verify = [&] { clock_.advance(milliseconds(73)); };
    open();
    send_key_frames("alice");
    answer_all("alice");
    const auto checking_since = clock_.now();
    wake();
    ASSERT_TRUE(wake_at_.has_value());
    EXPECT_EQ(*wake_at_ - checking_since, milliseconds(100)) << "73 ms of work, buckets of 50 ms";
    EXPECT_EQ(hear(session_->on_timer()), "") << "too early";
    EXPECT_EQ(wake(), "result:passed/passed/2");
}

TEST_F(Capture, RecordsTheVerdictBeforeItTellsTheResult) {
    enrol("alice");
    open();
    send_key_frames("alice");
    answer_all("alice");
    wake();
    EXPECT_EQ(ledger_.recorded.size(), 1U);
    EXPECT_EQ(heard_.back(), "checking");
}

TEST_F(Capture, ForgivesFramesOnTheirWayWhileItChecks) {
    policy(LivenessPolicy::passive);
    enrol("alice");
    open();
    send_key_frames("alice");
    EXPECT_EQ(key("alice"), "ack:3");
    wake();
    EXPECT_EQ(key("alice"), "");
    EXPECT_EQ(verdict(), "result:passed/passed/2");
    EXPECT_EQ(engine_.observed, 3) << "late frames are not even decoded";
}

TEST_F(Capture, CancelsInTheMiddleOfTheChallenge) {
    enrol("alice");
    open();
    send_key_frames("alice");
    answer_step(0, "alice");
    EXPECT_EQ(text(R"({"type":"cancel"})"), "result:failed/cancelled/2");
    EXPECT_TRUE(finished_);
    EXPECT_EQ(ledger_.cancelled, 1);
    EXPECT_TRUE(ledger_.recorded.empty());
    EXPECT_EQ(key("alice"), "");
}

TEST_F(Capture, KeepsTheVerdictWhenThePageLeavesBeforeTheResult) {
    enrol("alice");
    open();
    send_key_frames("alice");
    answer_all("alice");
    wake();
    session_->on_closed();
    EXPECT_THAT(ledger_.recorded, ElementsAre(AttemptResult::passed));
}

TEST_F(Capture, RecordsALostConnectionAsAborted) {
    enrol("alice");
    open();
    send_key_frames("alice");
    session_->on_closed();
    session_->on_closed();
    EXPECT_THAT(ledger_.recorded, ElementsAre(AttemptResult::aborted));
    EXPECT_TRUE(session_->finished());
    EXPECT_EQ(ledger_.verification.attempts_used, 1) << "the attempt stays charged";
}

}  // namespace
}  // namespace countersign::domain
