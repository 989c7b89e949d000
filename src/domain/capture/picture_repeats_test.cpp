#include "domain/capture/picture_repeats.hpp"

#include <gtest/gtest.h>

namespace countersign::domain {
namespace {

using Kind = PictureRepeats::Kind;

TEST(PictureRepeats, TakesDifferentPicturesAsFresh) {
    PictureRepeats repeats;
    EXPECT_EQ(repeats.add(as_bytes("a")), Kind::fresh);
    EXPECT_EQ(repeats.add(as_bytes("b")), Kind::fresh);
    EXPECT_FALSE(repeats.replayed());
    EXPECT_FALSE(repeats.frozen());
}

TEST(PictureRepeats, ForgivesASlowCameraButDoesNotCountItsRepeats) {
    PictureRepeats repeats;
    repeats.add(as_bytes("a"));
    EXPECT_EQ(repeats.add(as_bytes("a")), Kind::repeat);
    EXPECT_EQ(repeats.add(as_bytes("b")), Kind::fresh);
    EXPECT_EQ(repeats.add(as_bytes("b")), Kind::repeat);
    EXPECT_FALSE(repeats.replayed());
}

TEST(PictureRepeats, SeesAnOlderPictureComingBack) {
    PictureRepeats repeats;
    repeats.add(as_bytes("a"));
    repeats.add(as_bytes("b"));
    EXPECT_EQ(repeats.add(as_bytes("a")), Kind::repeat);
    EXPECT_TRUE(repeats.replayed());
}

TEST(PictureRepeats, CallsAStillFrozenAfterTwelveRepeats) {
    PictureRepeats repeats;
    for (int i = 0; i < 12; ++i)
        repeats.add(as_bytes("still"));
    EXPECT_FALSE(repeats.frozen());
    repeats.add(as_bytes("still"));
    EXPECT_TRUE(repeats.frozen());
}

TEST(PictureRepeats, SeesAStillThatIsOnlyTinted) {
    PictureRepeats repeats;
    for (int i = 0; i < 9; ++i)
        repeats.observed_challenge(7);
    repeats.observed_challenge(8);
    EXPECT_TRUE(repeats.replayed()) << "9 of 10 look alike";
}

TEST(PictureRepeats, ForgivesSomeLookAlikes) {
    PictureRepeats repeats;
    for (int i = 0; i < 8; ++i)
        repeats.observed_challenge(7);
    repeats.observed_challenge(8);
    repeats.observed_challenge(9);
    EXPECT_FALSE(repeats.replayed()) << "8 of 10 are exactly four of five";
}

TEST(PictureRepeats, SaysNothingAboutFewFrames) {
    PictureRepeats repeats;
    for (int i = 0; i < 4; ++i)
        repeats.observed_challenge(7);
    EXPECT_FALSE(repeats.replayed());
    repeats.observed_challenge(7);
    EXPECT_TRUE(repeats.replayed());
}

}  // namespace
}  // namespace countersign::domain
