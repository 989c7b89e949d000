// The movement challenge in the machine: alone, and after doubtful colours.
#include <gtest/gtest.h>

#include "domain/challenge/machine.hpp"
#include "tests/support/fakes.hpp"

namespace countersign::domain {
namespace {

using face::MovementProgress;

std::string name_of(const ChallengeAction& action) {
    if (const auto* reveal = std::get_if<Reveal>(&action))
        return fmt::format("{}:{}.{}", to_string(reveal->kind), reveal->sequence, reveal->index);
    if (const auto* kept = std::get_if<KeepResponse>(&action)) return fmt::format("response:{}", kept->step);
    if (std::holds_alternative<Observe>(action)) return "observe";
    if (std::holds_alternative<Restart>(action)) return "restart";
    if (std::holds_alternative<Weigh>(action)) return "weigh";
    if (std::holds_alternative<SecondCheck>(action)) return "second_check";
    if (std::holds_alternative<Check>(action)) return "check";
    if (const auto* stop = std::get_if<Stop>(&action))
        return stop->cause == StopCause::unanswered ? "unanswered" : std::string(to_string(stop->violation));
    return "other";
}

class MovementMachine : public ::testing::Test {
protected:
    std::string send(const ChallengeEvent& event) {
        auto step = step_challenge(rules_, state_, event, clock_.now());
        state_ = step.state;
        std::string words;
        for (const auto& action : step.actions)
            words += (words.empty() ? "" : " ") + name_of(action);
        return words;
    }
    std::string frame(FramePhase phase, int step, FrameObserved seen) {
        const auto arrived = send(FrameArrived{.phase = phase, .step = step, .bytes = 8'000});
        return arrived == "observe" ? send(seen) : arrived.empty() ? "-" : arrived;
    }
    std::string key() { return frame(FramePhase::key, 0, {.faces = 1}); }
    std::string shows(int step, MovementProgress progress, int faces = 1) {
        clock_.advance(milliseconds(150));
        return frame(FramePhase::challenge, step, {.faces = faces, .progress = progress});
    }
    std::string does(int step) { return shows(step, MovementProgress::done); }
    std::string after(std::int64_t ms) {
        clock_.advance(milliseconds(ms));
        return send(Tick{});
    }
    void start(ChallengeKind kind) {
        state_ = start_challenge(kind, clock_.now());
        key();
        key();
        last_ = key();
    }
    /// All colours answered, up to `weigh`.
    void answer_colours() {
        start(ChallengeKind::colour_sequence);
        for (int step = 0; step < 6; ++step) {
            shows(step, MovementProgress::waiting);
            shows(step, MovementProgress::waiting);
            last_ = after(300);
        }
    }

    testing::FakeClock clock_;
    ChallengeRules rules_;
    ChallengeState state_;
    std::string last_;
};

TEST_F(MovementMachine, RevealsTheNextStepWhenOneIsDone) {
    start(ChallengeKind::movement);
    EXPECT_EQ(last_, "other movement:0.0");
    EXPECT_EQ(shows(0, MovementProgress::waiting), "response:0");
    EXPECT_EQ(does(0), "response:0 movement:0.1");
    for (int step = 1; step < 7; ++step)
        ASSERT_EQ(does(step), fmt::format("response:{} movement:0.{}", step, step + 1));
    EXPECT_EQ(does(7), "response:7 check") << "every step was weighed when it was made";
}

TEST_F(MovementMachine, StartsAgainOnceAfterAWrongMovement) {
    start(ChallengeKind::movement);
    does(0);
    EXPECT_EQ(shows(1, MovementProgress::wrong), "restart");
    EXPECT_EQ(after(1000), "movement:1.0");
    does(0);
    EXPECT_EQ(shows(1, MovementProgress::wrong), "unanswered");
}

TEST_F(MovementMachine, WaitsSixSecondsForAMovement) {
    start(ChallengeKind::movement);
    does(0);
    EXPECT_EQ(after(5'999), "");
    EXPECT_EQ(after(1), "restart");
    EXPECT_EQ(after(1000), "movement:1.0");
    EXPECT_EQ(after(6'000), "unanswered");
}

TEST_F(MovementMachine, StartsAgainWhenTheFaceIsLostOrNotAlone) {
    start(ChallengeKind::movement);
    EXPECT_EQ(shows(0, MovementProgress::waiting, 0), "restart");
    EXPECT_EQ(after(5000), "movement:1.0");
    EXPECT_EQ(shows(0, MovementProgress::waiting, 2), "unanswered");
}

TEST_F(MovementMachine, CountsNoMovementSoonerThanAPersonCanMake) {
    start(ChallengeKind::movement);
    clock_.advance(milliseconds(149));
    EXPECT_EQ(frame(FramePhase::challenge, 0, {.faces = 1, .progress = MovementProgress::done}), "");
    EXPECT_EQ(frame(FramePhase::challenge, 0, {.faces = 1, .progress = MovementProgress::wrong}), "");
    EXPECT_EQ(does(0), "response:0 movement:0.1");
}

TEST_F(MovementMachine, AsksForMovementsWhenTheColoursLeaveADoubt) {
    answer_colours();
    ASSERT_EQ(last_, "weigh");
    EXPECT_EQ(send(Weighed{.doubtful = true}), "second_check");
    EXPECT_EQ(after(999), "");
    EXPECT_EQ(after(1), "movement:0.0");
    for (int step = 0; step < 7; ++step)
        does(step);
    EXPECT_EQ(does(7), "response:7 check");
}

TEST_F(MovementMachine, ForgivesFramesOfTheColoursThatWereOnTheirWay) {
    answer_colours();
    send(Weighed{.doubtful = true});
    after(1000);
    EXPECT_EQ(shows(5, MovementProgress::waiting), "-");
    EXPECT_EQ(send(Painted{.index = 5}), "");
    EXPECT_EQ(does(0), "response:0 movement:0.1");
}

TEST_F(MovementMachine, HasABudgetOfItsOwn) {
    start(ChallengeKind::movement);
    EXPECT_EQ(state_.frames, 0U);
    state_.frames = 239;
    EXPECT_EQ(shows(0, MovementProgress::waiting), "response:0");
    EXPECT_EQ(shows(0, MovementProgress::waiting), "too_many_frames");
    start(ChallengeKind::movement);
    state_.bytes = 3'992'001;
    EXPECT_EQ(shows(0, MovementProgress::waiting), "too_many_bytes");
}

TEST_F(MovementMachine, RefusesAStepBeforeItWasRevealed) {
    start(ChallengeKind::movement);
    EXPECT_EQ(shows(1, MovementProgress::done), "step_not_revealed");
    start(ChallengeKind::movement);
    EXPECT_EQ(shows(8, MovementProgress::done), "wrong_step");
}

}  // namespace
}  // namespace countersign::domain
