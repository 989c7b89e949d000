// Captures that are answered by movements: asked for, or because the colours left a doubt.
#include <gmock/gmock.h>

#include "tests/support/capture_fixture.hpp"

namespace countersign::domain {
namespace {

using face::ChallengeAnswer;
using face::MovementProgress;
using ::testing::ElementsAre;

class MovementCapture : public testing::CaptureFixture {
protected:
    void SetUp() override {
        enrol("alice");
        client_.prefers_movement = true;
    }
    std::string move(int step, std::string_view person) {
        clock_.advance(milliseconds(1600));  // longer than any look ahead
        return answer(step, person);
    }
    void make_all(std::string_view person) {
        for (int step = 0; step < 8; ++step)
            move(step, person);
    }
};

TEST_F(MovementCapture, PassesWhoeverMakesTheMovements) {
    open();
    send_key_frames("alice");
    EXPECT_EQ(heard_.back(), "step:0");
    make_all("alice");
    EXPECT_EQ(heard_.back(), "checking");
    EXPECT_EQ(verdict(), "result:passed/passed/2");
    EXPECT_EQ(engine_.asked_movements.size(), 8U);
    EXPECT_TRUE(engine_.judged_steps.empty()) << "no colours were shown";
}

TEST_F(MovementCapture, ALookAheadLastsForItsDrawnTime) {
    open();
    send_key_frames("alice");
    clock_.advance(milliseconds(499));
    EXPECT_EQ(answer(0, "alice"), "ack:3") << "half a second at least";
    clock_.advance(milliseconds(1100));
    EXPECT_EQ(answer(0, "alice"), "ack:4 step:1");
}

TEST_F(MovementCapture, DeniesWhoeverDoesNotMove) {
    open();
    send_key_frames("alice");
    engine_.movement = MovementProgress::waiting;
    move(0, "alice");
    EXPECT_EQ(wake(), "restart");
    EXPECT_EQ(wake(), "step:0");
    move(0, "alice");
    wake();
    EXPECT_EQ(verdict(), "result:retry/not_verified/2");
    EXPECT_THAT(ledger_.recorded, ElementsAre(AttemptResult::not_live_active));
}

TEST_F(MovementCapture, ForgetsTheFramesOfABrokenSequence) {
    open();
    send_key_frames("alice");
    move(0, "alice");
    engine_.movement = MovementProgress::wrong;
    EXPECT_EQ(move(1, "alice"), "ack:4 restart");
    engine_.movement = MovementProgress::done;
    wake();
    move(0, "alice");
    EXPECT_EQ(engine_.movement_frames, 1U);
}

TEST_F(MovementCapture, DeniesWhenSomebodyElseMakesTheMovements) {
    open();
    send_key_frames("alice");
    for (int step = 0; step < 8; ++step)
        move(step, step % 2 == 0 ? "alice" : "bob");
    EXPECT_EQ(verdict(), "result:retry/not_verified/2");
    EXPECT_THAT(ledger_.recorded, ElementsAre(AttemptResult::identity_changed));
}

class DoubtfulColours : public MovementCapture {
protected:
    void SetUp() override {
        enrol("alice");
        engine_.active = ChallengeAnswer::doubtful;
        open();
        send_key_frames("alice");
        answer_all("alice");
    }
};

TEST_F(DoubtfulColours, LeadToMovementsInTheSameCapture) {
    EXPECT_EQ(heard_.back(), "restart");
    EXPECT_EQ(wake(), "step:0");
    make_all("alice");
    EXPECT_EQ(verdict(), "result:passed/passed/2");
    EXPECT_EQ(ledger_.verification.attempts_used, 1) << "doubt costs no attempt";
}

TEST_F(DoubtfulColours, AreNotEnoughWithoutTheMovements) {
    engine_.movement = MovementProgress::waiting;
    while (!finished_ && ledger_.recorded.empty())
        wake();
    EXPECT_EQ(verdict(), "result:retry/not_verified/2");
    EXPECT_THAT(ledger_.recorded, ElementsAre(AttemptResult::not_live_active));
}

TEST_F(MovementCapture, ClearlyWrongColoursAreNotFollowedByMovements) {
    client_.prefers_movement = false;
    engine_.active = ChallengeAnswer::not_live;
    EXPECT_EQ(capture("alice"), "result:retry/not_verified/2");
    EXPECT_THAT(ledger_.recorded, ElementsAre(AttemptResult::not_live_active));
}

}  // namespace
}  // namespace countersign::domain
