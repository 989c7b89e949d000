#include "base/bytes.hpp"

#include <gtest/gtest.h>

#include "tests/support/fakes.hpp"

namespace countersign {
namespace {

TEST(Base64url, MatchesTheVectorsOfRfc4648) {
    EXPECT_EQ(to_base64url(as_bytes("")), "");
    EXPECT_EQ(to_base64url(as_bytes("f")), "Zg");
    EXPECT_EQ(to_base64url(as_bytes("foobar")), "Zm9vYmFy");
    EXPECT_EQ(to_base64(as_bytes("foob")), "Zm9vYg==");
}

TEST(Base64url, RoundTripsEveryLength) {
    testing::FakeRandom random;
    for (std::size_t length = 0; length < 70; ++length) {
        const Bytes bytes = random.bytes(length);
        EXPECT_EQ(from_base64url(to_base64url(bytes)).value(), bytes) << length;
    }
}

TEST(Base64url, RefusesPaddingForeignCharactersAndNonCanonicalEnds) {
    for (const char* bad : {"Zg==", "Zm9v+", "Zm9v/", "Zm 9", "Zh", "A", "Zm9vYmF5\n"}) {
        EXPECT_FALSE(from_base64url(bad).has_value()) << bad;
    }
}

TEST(Hex, RoundTripsAndRefusesRubbish) {
    EXPECT_EQ(to_hex(from_hex("00ffA5").value()), "00ffa5");
    EXPECT_FALSE(from_hex("0").has_value());
    EXPECT_FALSE(from_hex("0g").has_value());
}

TEST(SecretBytes, MovesWithoutLeavingTheValueBehind) {
    SecretBytes first(as_bytes("secret"));
    SecretBytes second = std::move(first);
    EXPECT_EQ(as_text(second.view()), "secret");
    EXPECT_TRUE(first.empty());  // NOLINT(bugprone-use-after-move): that is what is tested
    second = SecretBytes(as_bytes("other"));
    EXPECT_EQ(as_text(second.clone().view()), "other");
}

TEST(Random, BelowStaysInRangeAndReachesEveryValue) {
    testing::FakeRandom random;
    std::array<int, 5> seen{};
    for (int i = 0; i < 1000; ++i)
        ++seen.at(random.below(5));
    for (int count : seen)
        EXPECT_GT(count, 120);
}

}  // namespace
}  // namespace countersign
