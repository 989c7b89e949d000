#include "face/liveness/movement_challenge.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "face/liveness/head_model.hpp"

namespace countersign::face {
namespace {

using enum Movement;

/// A person in front of the camera, seven frames a second.
class Mover {
public:
    explicit Mover(std::vector<Movement> steps) : steps_(std::move(steps)) {}

    Mover& shows(const Stance& stance, int frames = 1) {
        for (int i = 0; i < frames; ++i) {
            now_ = now_ + milliseconds(140);
            frames_.push_back({step_, now_, true, seen(stance)});
        }
        return *this;
    }
    Mover& next_step() {
        ++step_;
        return *this;
    }
    Mover& unclear() {
        frames_.back().clear = false;
        return *this;
    }
    Mover& without_numbers() {
        for (auto& point : frames_.back().shape)
            point.x = std::numeric_limits<float>::quiet_NaN();
        return *this;
    }
    MovementProgress progress() const {
        return follow_movement(std::span(steps_).first(static_cast<std::size_t>(step_) + 1), frames_);
    }

private:
    std::vector<Movement> steps_;
    std::vector<MovementFrame> frames_;
    int step_{0};
    UnixMicros now_{};
};

/// At rest, then asked for `wanted`.
Mover asked_for(Movement wanted) {
    Mover mover({look_ahead, wanted});
    mover.shows({}, 3).next_step();
    return mover;
}

constexpr Stance kLeft{.yaw_degrees = 28};
constexpr Stance kRight{.yaw_degrees = -28};
constexpr Stance kNear{.distance = 6.4F};
constexpr Stance kClosed{.eyes_open = 0.3F};

TEST(MovementChallenge, WaitsForASteadyLookAhead) {
    EXPECT_EQ(Mover({look_ahead}).progress(), MovementProgress::waiting);
    EXPECT_EQ(Mover({look_ahead}).shows({}, 2).progress(), MovementProgress::waiting);
    EXPECT_EQ(Mover({look_ahead}).shows({}, 3).progress(), MovementProgress::done);
    EXPECT_EQ(Mover({look_ahead}).shows(kLeft, 3).progress(), MovementProgress::waiting);
    EXPECT_EQ(Mover({look_ahead}).shows({}, 3).unclear().progress(), MovementProgress::waiting);
    EXPECT_EQ(Mover({look_ahead}).shows({.yaw_degrees = 12}).shows({.yaw_degrees = -8}, 2).progress(),
              MovementProgress::waiting)
        << "still turning";
}

TEST(MovementChallenge, KnowsEveryMovement) {
    EXPECT_EQ(asked_for(turn_left).shows({}).shows(kLeft).progress(), MovementProgress::done);
    EXPECT_EQ(asked_for(turn_right).shows({}).shows(kRight).progress(), MovementProgress::done);
    EXPECT_EQ(asked_for(approach).shows({}).shows(kNear).progress(), MovementProgress::done);
    EXPECT_EQ(asked_for(close_eyes).shows(kClosed, 6).progress(), MovementProgress::done);
}

TEST(MovementChallenge, TakesTheFirstMovementForTheAnswer) {
    EXPECT_EQ(asked_for(turn_left).shows(kRight).shows(kLeft).progress(), MovementProgress::wrong);
    EXPECT_EQ(asked_for(turn_right).shows(kNear).shows(kRight).progress(), MovementProgress::wrong);
    EXPECT_EQ(asked_for(approach).shows(kLeft).shows(kNear).progress(), MovementProgress::wrong);
    EXPECT_EQ(asked_for(turn_left).shows(kClosed, 6).shows(kLeft).progress(), MovementProgress::wrong);
    EXPECT_EQ(asked_for(close_eyes).shows(kNear).shows(kClosed, 6).progress(), MovementProgress::wrong);
}

TEST(MovementChallenge, RefusesTwoMovementsAtOnce) {
    EXPECT_EQ(asked_for(turn_left).shows({.yaw_degrees = 28, .distance = 6}).progress(),
              MovementProgress::wrong);
    EXPECT_EQ(asked_for(approach).shows({.yaw_degrees = 28, .distance = 6}).progress(),
              MovementProgress::wrong);
}

TEST(MovementChallenge, WaitsWhileTheMovementIsTooSmall) {
    EXPECT_EQ(asked_for(turn_left).shows({.yaw_degrees = 10}, 5).progress(), MovementProgress::waiting);
    EXPECT_EQ(asked_for(approach).shows({.distance = 7.3F}, 5).progress(), MovementProgress::waiting);
}

TEST(MovementChallenge, IsNotAnsweredByABlink) {
    EXPECT_EQ(asked_for(close_eyes).shows(kClosed, 3).shows({}).shows(kClosed, 3).progress(),
              MovementProgress::waiting);
    EXPECT_EQ(asked_for(turn_left).shows(kClosed, 3).shows({}).shows(kLeft).progress(),
              MovementProgress::done)
        << "and a blink is not a wrong movement";
}

TEST(MovementChallenge, IsNotAnsweredByAFlatPictureTurnedAboutItsAxis) {
    for (const float angle : {20.0F, 35.0F, 50.0F, 65.0F}) {
        Mover flat({look_ahead, turn_left});
        flat.shows({.relief = 0}, 3).next_step().shows({.yaw_degrees = angle, .distance = 5, .relief = 0}, 3);
        EXPECT_NE(flat.progress(), MovementProgress::done) << angle;
    }
}

TEST(MovementChallenge, WantsThePersonBackInPlaceBeforeTheNextMovement) {
    Mover mover({look_ahead, approach, look_ahead});
    mover.shows({}, 3).next_step().shows(kNear).next_step();
    EXPECT_EQ(mover.shows(kNear, 4).progress(), MovementProgress::waiting);
    EXPECT_EQ(mover.shows({}, 3).progress(), MovementProgress::done);
}

TEST(MovementChallenge, MeasuresAgainstThePersonsOwnRest) {
    const Stance rest{.yaw_degrees = 8};
    Mover mover({look_ahead, turn_left});
    mover.shows(rest, 3).next_step();
    EXPECT_EQ(mover.shows({.yaw_degrees = 18}).progress(), MovementProgress::waiting);
    EXPECT_EQ(mover.shows({.yaw_degrees = 36}).progress(), MovementProgress::done);
}

TEST(MovementChallenge, GrantsNothingWithoutAReference) {
    EXPECT_EQ(Mover({turn_left}).shows(kLeft, 3).progress(), MovementProgress::waiting);
    EXPECT_EQ(Mover({look_ahead, turn_left}).next_step().shows(kLeft, 3).progress(),
              MovementProgress::waiting);
    EXPECT_EQ(follow_movement({}, {}), MovementProgress::waiting);
}

TEST(MovementChallenge, TakesNoNumberForNoMovement) {
    EXPECT_EQ(asked_for(turn_left).shows(kLeft).without_numbers().progress(), MovementProgress::waiting);
    EXPECT_EQ(Mover({look_ahead}).shows({}, 3).without_numbers().progress(), MovementProgress::waiting);
}

}  // namespace
}  // namespace countersign::face
