#include "domain/challenge/machine.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/support/fakes.hpp"

namespace countersign::domain {
namespace {

using face::Hint;

std::string text(const Observe&) {
    return "observe";
}
std::string text(const TellHint& a) {
    return fmt::format("hint:{}", to_string(a.hint));
}
std::string text(const KeepKeyFrame&) {
    return "key";
}
std::string text(const KeepResponse& a) {
    return fmt::format("response:{}", a.step);
}
std::string text(const Reveal& a) {
    return fmt::format("reveal:{}.{}", a.sequence, a.index);
}
std::string text(const Restart& a) {
    return fmt::format("restart:{}", a.sequence);
}
std::string text(const Weigh&) {
    return "weigh";
}
std::string text(const SecondCheck&) {
    return "second_check";
}
std::string text(const Check&) {
    return "check";
}
std::string text(const Stop& a) {
    switch (a.cause) {
        case StopCause::face_timeout:
            return "stop:face_timeout";
        case StopCause::interrupted:
            return "stop:interrupted";
        case StopCause::unanswered:
            return "stop:unanswered";
        case StopCause::cancelled:
            return "stop:cancelled";
        case StopCause::violation:
            break;
    }
    return fmt::format("stop:{}", to_string(a.violation));
}

/// Drives the machine by hand: every call is one event and returns its actions as words.
class ChallengeMachine : public ::testing::Test {
protected:
    void start(ChallengeKind kind) { state_ = start_challenge(kind, clock_.now()); }

    std::string send(const ChallengeEvent& event) {
        auto step = step_challenge(rules_, state_, event, clock_.now());
        state_ = step.state;
        std::string words;
        for (const auto& action : step.actions) {
            words += (words.empty() ? "" : " ") + std::visit([](const auto& a) { return text(a); }, action);
        }
        return words;
    }
    std::string seen(int faces, Hint hint) { return send(FrameObserved{.faces = faces, .hint = hint}); }

    /// A key frame from the wire to its observation; `-` when it is not looked at.
    std::string key(Hint hint = Hint::none, int faces = 1) {
        const auto arrived = send(FrameArrived{.phase = FramePhase::key, .step = 0, .bytes = 20'000});
        return arrived == "observe" ? seen(faces, hint) : arrived.empty() ? "-" : arrived;
    }
    std::string challenge(int step, int faces = 1, Hint hint = Hint::none) {
        const auto arrived = send(FrameArrived{.phase = FramePhase::challenge, .step = step, .bytes = 8'000});
        return arrived == "observe" ? seen(faces, hint) : arrived.empty() ? "-" : arrived;
    }
    std::string after(std::int64_t ms) {
        clock_.advance(milliseconds(ms));
        return send(Tick{});
    }
    void wait(std::int64_t ms) { clock_.advance(milliseconds(ms)); }

    void reach_first_step() {
        start(ChallengeKind::colour_sequence);
        key();
        key();
        ASSERT_EQ(key(), "key reveal:0.0");
    }
    /// Answers the revealed step and waits until it has stood long enough.
    std::string answer(int step) {
        wait(80);
        challenge(step);
        wait(80);
        challenge(step);
        return after(200);
    }

    testing::FakeClock clock_;
    ChallengeRules rules_;
    ChallengeState state_;
};

TEST_F(ChallengeMachine, ChecksAfterThreeKeyFramesWhenThereIsNothingToReveal) {
    start(ChallengeKind::none);
    EXPECT_EQ(key(), "key");
    EXPECT_EQ(key(), "key");
    EXPECT_EQ(key(), "key check");
    EXPECT_EQ(next_tick(rules_, state_), std::nullopt);
}

TEST_F(ChallengeMachine, RevealsEveryStepOnceAndThenChecks) {
    reach_first_step();
    EXPECT_EQ(answer(0), "reveal:0.1");
    EXPECT_EQ(answer(1), "reveal:0.2");
    EXPECT_EQ(answer(2), "reveal:0.3");
    EXPECT_EQ(answer(3), "reveal:0.4");
    EXPECT_EQ(answer(4), "reveal:0.5");
    EXPECT_EQ(answer(5), "weigh");
    EXPECT_EQ(send(Weighed{.doubtful = false}), "check");
}

TEST_F(ChallengeMachine, CountsOnlyUsableKeyFramesAndTellsEachHintOnce) {
    start(ChallengeKind::none);
    EXPECT_EQ(key(Hint::too_far), "hint:too_far");
    EXPECT_EQ(key(Hint::too_far), "");
    EXPECT_EQ(key(Hint::no_face, 0), "hint:no_face");
    EXPECT_EQ(key(Hint::multiple_faces, 2), "hint:multiple_faces");
    EXPECT_EQ(key(), "hint:none key");
    EXPECT_EQ(key(Hint::none, 2), "") << "a bystander makes a frame unusable whatever the hint says";
    EXPECT_EQ(state_.key_frames, 1);
}

TEST_F(ChallengeMachine, GivesUpAfterTwentySecondsWithoutAUsableFace) {
    start(ChallengeKind::colour_sequence);
    EXPECT_EQ(after(19'999), "");
    EXPECT_EQ(after(1), "stop:face_timeout");
}

TEST_F(ChallengeMachine, EndsGuidanceWhileThereIsStillRoomForASequence) {
    start(ChallengeKind::colour_sequence);
    for (int i = 0; i < 36; ++i)
        ASSERT_NE(key(Hint::too_far), "stop:face_timeout") << i;
    EXPECT_EQ(key(Hint::too_far), "stop:face_timeout") << "36 + 24 = 60";
}

TEST_F(ChallengeMachine, HoldsEachColourFromTheMomentItWasSeenOnTheScreen) {
    reach_first_step();
    wait(500);
    EXPECT_EQ(send(Painted{.index = 0}), "");
    wait(70);
    EXPECT_EQ(challenge(0), "response:0");
    EXPECT_EQ(challenge(0), "response:0");
    EXPECT_EQ(next_tick(rules_, state_), clock_.now() + milliseconds(210));
    EXPECT_EQ(after(209), "");
    EXPECT_EQ(after(1), "reveal:0.1");
}

TEST_F(ChallengeMachine, TakesTheFirstFrameOfAStepAsPaintedWhenThatMessageIsMissing) {
    reach_first_step();
    wait(100);
    EXPECT_EQ(challenge(0), "response:0");
    EXPECT_EQ(challenge(0), "response:0");
    EXPECT_EQ(after(279), "");
    EXPECT_EQ(after(1), "reveal:0.1");
}

TEST_F(ChallengeMachine, IgnoresFramesTooEarlyToShowTheColour) {
    reach_first_step();
    wait(59);
    EXPECT_EQ(challenge(0), "");
    wait(1);
    EXPECT_EQ(challenge(0), "response:0");
    EXPECT_EQ(state_.step_frames, 1);
}

TEST_F(ChallengeMachine, RestartsWithANewSequenceWhenAStepStaysIncomplete) {
    reach_first_step();
    wait(100);
    EXPECT_EQ(challenge(0), "response:0");
    EXPECT_EQ(after(2399), "");
    EXPECT_EQ(after(1), "restart:1");
    EXPECT_EQ(after(999), "");
    EXPECT_EQ(after(1), "reveal:1.0");
}

TEST_F(ChallengeMachine, RestartsWhenTheFaceIsLost) {
    reach_first_step();
    wait(100);
    EXPECT_EQ(challenge(0, 0, Hint::no_face), "restart:1");
}

TEST_F(ChallengeMachine, RestartsWhenASecondFaceAppears) {
    reach_first_step();
    answer(0);
    wait(10);
    EXPECT_EQ(challenge(1, 2, Hint::multiple_faces), "restart:1") << "also in a frame too early to count";
}

TEST_F(ChallengeMachine, WaitsForTheFaceBeforeTheNextSequence) {
    reach_first_step();
    challenge(0, 0, Hint::no_face);
    EXPECT_EQ(after(1000), "");
    EXPECT_EQ(key(Hint::no_face, 0), "hint:no_face");
    EXPECT_EQ(key(), "hint:none key reveal:1.0") << "the pause is over and the face is back";
}

TEST_F(ChallengeMachine, DoesNotWaitForTheFaceForEver) {
    reach_first_step();
    challenge(0, 0, Hint::no_face);
    EXPECT_EQ(after(4999), "");
    EXPECT_EQ(after(1), "reveal:1.0");
}

TEST_F(ChallengeMachine, StopsAfterTheSecondRestart) {
    reach_first_step();
    EXPECT_EQ(challenge(0, 0), "restart:1");
    EXPECT_EQ(after(5000), "reveal:1.0");
    EXPECT_EQ(challenge(0, 2), "restart:2");
    EXPECT_EQ(after(5000), "reveal:2.0");
    EXPECT_EQ(challenge(0, 0), "stop:interrupted");
    EXPECT_EQ(after(60'000), "");
}

TEST_F(ChallengeMachine, DoesNotRestartWithoutRoomForAWholeSequence) {
    reach_first_step();
    state_.frames = 36;
    EXPECT_EQ(challenge(0, 0), "stop:interrupted") << "37 + 24 > 60";
}

TEST_F(ChallengeMachine, ForgivesFramesThatWereOnTheirWay) {
    reach_first_step();
    EXPECT_EQ(key(), "-");
    EXPECT_EQ(key(), "-");
    EXPECT_EQ(key(), "-");
    EXPECT_EQ(answer(0), "reveal:0.1");
    EXPECT_EQ(challenge(0), "-");
    EXPECT_EQ(challenge(0), "-");
    EXPECT_EQ(challenge(0), "-");
    EXPECT_EQ(challenge(0), "stop:wrong_step");
}

TEST_F(ChallengeMachine, RefusesMoreLateKeyFramesThanCanBeOnTheirWay) {
    reach_first_step();
    key();
    key();
    key();
    EXPECT_EQ(key(), "stop:wrong_step");
}

TEST_F(ChallengeMachine, RefusesAStepThatWasNotRevealed) {
    reach_first_step();
    EXPECT_EQ(challenge(1), "stop:step_not_revealed");
}

TEST_F(ChallengeMachine, RefusesChallengeFramesDuringGuidance) {
    start(ChallengeKind::colour_sequence);
    EXPECT_EQ(challenge(0), "stop:step_not_revealed");
}

TEST_F(ChallengeMachine, RefusesAStepLongGoneAndOneThatCannotExist) {
    reach_first_step();
    answer(0);
    ASSERT_EQ(answer(1), "reveal:0.2");
    EXPECT_EQ(challenge(0), "stop:wrong_step");
    reach_first_step();
    EXPECT_EQ(challenge(6), "stop:wrong_step");
}

TEST_F(ChallengeMachine, RefusesAPaintedMessageForAColourNobodyKnows) {
    start(ChallengeKind::colour_sequence);
    EXPECT_EQ(send(Painted{.index = 0}), "stop:step_not_revealed");
    reach_first_step();
    EXPECT_EQ(send(Painted{.index = 1}), "stop:step_not_revealed");
}

TEST_F(ChallengeMachine, IgnoresStaleLabelsAfterARestart) {
    reach_first_step();
    answer(0);
    challenge(1, 0);
    EXPECT_EQ(challenge(1), "") << "looked at in the pause, for the face only";
    EXPECT_EQ(send(Painted{.index = 1}), "");
    EXPECT_EQ(after(1000), "reveal:1.0");
    EXPECT_EQ(challenge(1), "-");
    EXPECT_EQ(send(Painted{.index = 1}), "");
    wait(100);
    EXPECT_EQ(challenge(0), "response:0");
}

TEST_F(ChallengeMachine, RefusesFramesAfterTheEnd) {
    start(ChallengeKind::none);
    key();
    key();
    ASSERT_EQ(key(), "key check");
    EXPECT_EQ(key(), "-");
    EXPECT_EQ(key(), "-");
    EXPECT_EQ(key(), "-");
    EXPECT_EQ(key(), "stop:frame_after_end");
    EXPECT_EQ(key(), "stop:frame_after_end");
}

TEST_F(ChallengeMachine, RefusesTheSixtyFirstFrame) {
    reach_first_step();
    state_.frames = 59;
    wait(100);
    EXPECT_EQ(challenge(0), "response:0");
    EXPECT_EQ(challenge(0), "stop:too_many_frames");
}

TEST_F(ChallengeMachine, RefusesMoreThanOneAndAHalfMegabytes) {
    reach_first_step();
    state_.bytes = 1'492'001;
    EXPECT_EQ(challenge(0), "stop:too_many_bytes");
}

TEST_F(ChallengeMachine, StopsWhenTheUserCancels) {
    reach_first_step();
    EXPECT_EQ(send(Cancel{}), "stop:cancelled");
    EXPECT_EQ(send(Cancel{}), "");
    EXPECT_EQ(challenge(0), "stop:frame_after_end");
}

/// Whatever a page sends and however time passes: never more than four colours in any second.
RC_GTEST_PROP(ChallengeMachineProperty, NeverFlashesMoreThanFourTimesASecond, ()) {
    const ChallengeRules rules;
    testing::FakeClock clock;
    auto state = start_challenge(ChallengeKind::colour_sequence, clock.now());
    std::vector<UnixMicros> reveals;
    for (int i = 0; i < 200; ++i) {
        clock.advance(milliseconds(*rc::gen::inRange(0, 120)));
        ChallengeEvent event = Tick{};
        const int choice = *rc::gen::inRange(0, 8);
        if (choice == 0) event = Painted{.index = state.step};
        if (choice > 1) {
            const bool key = state.phase == ChallengePhase::collecting;
            event = FrameArrived{key ? FramePhase::key : FramePhase::challenge, state.step, 1000};
        }
        auto step = step_challenge(rules, state, event, clock.now());
        const bool observe = !step.actions.empty() && std::holds_alternative<Observe>(step.actions.front());
        if (observe) step = step_challenge(rules, step.state, FrameObserved{.faces = 1}, clock.now());
        state = step.state;
        for (const auto& action : step.actions) {
            if (std::holds_alternative<Reveal>(action)) reveals.push_back(clock.now());
        }
    }
    for (std::size_t i = 4; i < reveals.size(); ++i)
        RC_ASSERT(reveals[i] - reveals[i - 4] >= seconds(1));
}

}  // namespace
}  // namespace countersign::domain
