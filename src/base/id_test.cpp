#include "base/id.hpp"

#include <gtest/gtest.h>

#include "tests/support/fakes.hpp"

namespace countersign {
namespace {

TEST(Id, RoundTripsItsTextForm) {
    testing::FakeClock clock;
    testing::FakeRandom random;
    const auto id = TenantId::make(clock.now(), random);
    EXPECT_TRUE(id.text().starts_with("ten_"));
    EXPECT_EQ(TenantId::parse(id.text()).value(), id);
}

TEST(Id, RefusesTheIdentifierOfAnotherType) {
    testing::FakeClock clock;
    testing::FakeRandom random;
    const auto id = TenantId::make(clock.now(), random);
    EXPECT_FALSE(SubjectId::parse(id.text()).has_value());
    EXPECT_FALSE(TenantId::parse("ten_01J").has_value());
    EXPECT_FALSE(TenantId::parse("ten_01J0000000000000000000000I").has_value())
        << "I is not Crockford base32";
}

TEST(Id, SortsByTheTimeItWasMade) {
    testing::FakeClock clock;
    testing::FakeRandom random;
    const auto first = TenantId::make(clock.now(), random);
    clock.advance(milliseconds(1));
    const auto second = TenantId::make(clock.now(), random);
    EXPECT_LT(first, second);
}

}  // namespace
}  // namespace countersign
