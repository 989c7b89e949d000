#include "base/result.hpp"

#include <gtest/gtest.h>

namespace countersign {
namespace {

Result<int> half(int n) {
    if (n % 2 != 0) return fail(ErrorCode::invalid_argument, "odd");
    return n / 2;
}
Result<int> quarter(int n) {
    const int once = CS_TRY(half(n));
    return half(once);
}
Result<void> only_even(int n) {
    CS_TRY(half(n));
    return {};
}

TEST(Result, TryYieldsTheValueOrReturnsTheError) {
    EXPECT_EQ(quarter(8).value(), 2);
    EXPECT_EQ(quarter(6).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(quarter(6).error().detail, "odd");
}

TEST(Result, TryStandsAloneForVoid) {
    EXPECT_TRUE(only_even(2).has_value());
    EXPECT_FALSE(only_even(3).has_value());
}

TEST(Result, EveryCodeHasItsOwnName) {
    EXPECT_EQ(to_string(ErrorCode::invalid_argument), "invalid_argument");
    EXPECT_EQ(to_string(ErrorCode::storage_full), "storage_full");
}

TEST(ResultDeathTest, CheckAbortsWithTheCondition) {
    EXPECT_DEATH(CS_CHECK(1 + 1 == 3), "1 \\+ 1 == 3");
}

}  // namespace
}  // namespace countersign
