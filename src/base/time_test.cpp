#include "base/time.hpp"

#include <gtest/gtest.h>

namespace countersign {
namespace {

TEST(Rfc3339, RoundTrips) {
    const UnixMicros t = parse_rfc3339("2026-03-01T09:00:00.250Z").value();
    EXPECT_EQ(to_rfc3339(t), "2026-03-01T09:00:00.250Z");
    EXPECT_EQ(to_unix_seconds(t), 1'772'355'600);
    EXPECT_EQ(to_rfc3339(t + days(365) + seconds(1)), "2027-03-01T09:00:01.250Z");
}

TEST(Rfc3339, RefusesOtherForms) {
    for (const char* bad :
         {"", "2026-03-01", "2026-03-01T09:00:00", "2026-03-01T09:00:00+01:00", "2026-03-01T09:00:00.2xZ"}) {
        EXPECT_FALSE(parse_rfc3339(bad).has_value()) << bad;
    }
}

}  // namespace
}  // namespace countersign
