#include "domain/ratelimit/lockout.hpp"

#include <gtest/gtest.h>

namespace countersign::domain {
namespace {

constexpr LockoutPolicy kPolicy;
constexpr UnixMicros kNow = from_unix_seconds(1'000'000);

TEST(Lockout, NineFailuresCostNoTime) {
    EXPECT_EQ(allowance(kPolicy, 9, kNow, kNow), Allowance::allowed);
}

TEST(Lockout, TenFailuresCostThirtySecondsEach) {
    EXPECT_EQ(allowance(kPolicy, 10, kNow, kNow), Allowance::delayed);
    EXPECT_EQ(allowance(kPolicy, 99, kNow, UnixMicros{(kNow + seconds(30)).value - 1}), Allowance::delayed);
    EXPECT_EQ(allowance(kPolicy, 99, kNow, kNow + seconds(30)), Allowance::allowed);
}

TEST(Lockout, AHundredFailuresLockWhateverTheTime) {
    EXPECT_EQ(allowance(kPolicy, 100, kNow, kNow + days(365)), Allowance::locked);
    EXPECT_EQ(allowance(kPolicy, 100, std::nullopt, kNow), Allowance::locked);
}

TEST(Lockout, AClockThatWentBackDoesNotOpenTheDelay) {
    EXPECT_EQ(allowance(kPolicy, 10, kNow, kNow - seconds(60)), Allowance::delayed);
}

TEST(Lockout, FollowsThePolicyOfTheTenant) {
    const LockoutPolicy strict{.lock_after = 5, .delay_after = 2, .delay = seconds(60)};
    EXPECT_EQ(allowance(strict, 1, kNow, kNow), Allowance::allowed);
    EXPECT_EQ(allowance(strict, 2, kNow, kNow + seconds(59)), Allowance::delayed);
    EXPECT_EQ(allowance(strict, 5, kNow, kNow + days(1)), Allowance::locked);
}

}  // namespace
}  // namespace countersign::domain
