#include "crypto/totp.hpp"

#include <gtest/gtest.h>

namespace countersign::crypto {
namespace {

constexpr std::string_view kSecret = "12345678901234567890";

std::optional<std::int64_t> step_of(std::string_view code, std::int64_t seconds) {
    return totp_step(as_bytes(kSecret), code, from_unix_seconds(seconds)).value();
}

/// RFC 6238, appendix B, the last six digits of the SHA-1 column.
TEST(Totp, KnowsTheCodesOfTheStandard) {
    EXPECT_EQ(step_of("287082", 59), 1);
    EXPECT_EQ(step_of("081804", 1'111'111'109), 0x23523EC);
    EXPECT_EQ(step_of("005924", 1'234'567'890), 0x273EF07);
    EXPECT_EQ(step_of("353130", 20'000'000'000), 0x27BC86AA);
}

TEST(Totp, TakesTheStepBeforeAndAfterAndTellsWhichItWas) {
    EXPECT_EQ(step_of("287082", 60), 1);
    EXPECT_EQ(step_of("287082", 29), 1);
    EXPECT_EQ(step_of("287082", 90), std::nullopt);
}

TEST(Totp, RefusesAnythingButSixDigits) {
    for (const char* code : {"", "28708", "2870822", "94287082", " 87082", "28708a", "-87082"})
        EXPECT_EQ(step_of(code, 59), std::nullopt) << code;
}

/// RFC 4648, section 10.
TEST(Totp, WritesBase32) {
    EXPECT_EQ(to_base32(as_bytes("")), "");
    EXPECT_EQ(to_base32(as_bytes("f")), "MY");
    EXPECT_EQ(to_base32(as_bytes("foob")), "MZXW6YQ");
    EXPECT_EQ(to_base32(as_bytes("foobar")), "MZXW6YTBOI");
}

TEST(Totp, AnAccountCannotAddParametersToTheAddress) {
    EXPECT_EQ(totp_uri(as_bytes("foobar"), "A&B", "x@y.test?secret=AAAA"),
              "otpauth://totp/A%26B:x%40y.test%3Fsecret%3DAAAA?secret=MZXW6YTBOI&issuer=A%26B&algorithm=SHA1"
              "&digits=6&period=30");
}

}  // namespace
}  // namespace countersign::crypto
