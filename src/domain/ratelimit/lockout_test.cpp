#include "domain/ratelimit/lockout.hpp"

#include <gtest/gtest.h>

namespace countersign::domain {
namespace {

constexpr UnixMicros kNow = from_unix_seconds(1'000'000);

TEST(Lockout, NineFailuresCostNoTime) {
    EXPECT_EQ(allowance(9, kNow, kNow), Allowance::allowed);
}

TEST(Lockout, TenFailuresCostThirtySecondsEach) {
    EXPECT_EQ(allowance(10, kNow, kNow), Allowance::delayed);
    EXPECT_EQ(allowance(99, kNow, UnixMicros{(kNow + seconds(30)).value - 1}), Allowance::delayed);
    EXPECT_EQ(allowance(99, kNow, kNow + seconds(30)), Allowance::allowed);
}

TEST(Lockout, AHundredFailuresLockWhateverTheTime) {
    EXPECT_EQ(allowance(100, kNow, kNow + days(365)), Allowance::locked);
    EXPECT_EQ(allowance(100, std::nullopt, kNow), Allowance::locked);
}

TEST(Lockout, AClockThatWentBackDoesNotOpenTheDelay) {
    EXPECT_EQ(allowance(10, kNow, kNow - seconds(60)), Allowance::delayed);
}

}  // namespace
}  // namespace countersign::domain
