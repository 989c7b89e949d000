#include "crypto/jose/claims.hpp"

#include <gtest/gtest.h>

#include "tests/support/fakes.hpp"

namespace countersign::crypto::jose {
namespace {

using countersign::testing::FakeClock;

constexpr std::int64_t kNow = 1'772'355'600;

struct ClaimsTest : ::testing::Test {
    FakeClock clock{from_unix_seconds(kNow)};
    ClaimsPolicy policy{.purpose = "countersign-start",
                        .issuers = {"acme.eu.auth0.com", "login.acme.example"},
                        .audience = std::nullopt,
                        .max_lifetime = seconds(300),
                        .leeway = seconds(30)};
    json::object claims{
        {"purpose", "countersign-start"}, {"iss", "acme.eu.auth0.com"}, {"iat", kNow}, {"exp", kNow + 120}};

    ErrorCode code() const {
        const auto result = check_claims(claims, policy, clock);
        return result ? ErrorCode::internal : result.error().code;
    }
    bool accepted() const { return check_claims(claims, policy, clock).has_value(); }
    bool refused() const { return code() == ErrorCode::unauthenticated; }
};

TEST_F(ClaimsTest, AcceptsAFreshTokenOfEachKnownIssuer) {
    EXPECT_TRUE(accepted());
    claims["iss"] = "login.acme.example";
    EXPECT_TRUE(accepted());
}

TEST_F(ClaimsTest, RefusesWhenARequiredClaimIsMissingOrOfAnotherType) {
    for (const char* name : {"purpose", "iss", "iat", "exp"}) {
        const auto kept = claims;
        claims.erase(name);
        EXPECT_TRUE(refused()) << "without " << name;
        for (const json::value& wrong :
             {json::value(nullptr), json::value(true), json::value(1.5), json::value("1772355600"),
              json::value(json::array{"countersign-start"}), json::value(json::object{})}) {
            claims[name] = wrong;
            EXPECT_TRUE(refused()) << name << " = " << json::serialize(wrong);
        }
        claims = kept;
    }
}

// Threat T2: a token made for one purpose never serves another.
TEST_F(ClaimsTest, RefusesAnotherPurpose) {
    for (const char* purpose :
         {"auth0-continue", "countersign-confirm", "", "COUNTERSIGN-START", "countersign-start "}) {
        claims["purpose"] = purpose;
        EXPECT_TRUE(refused()) << purpose;
    }
    policy.purpose = "";
    claims["purpose"] = "";
    EXPECT_TRUE(refused()) << "an empty purpose in the policy must not match";
}

TEST_F(ClaimsTest, RefusesAForeignIssuerAndEveryTokenWhenNoneIsKnown) {
    claims["iss"] = "acme.eu.auth0.com.evil.example";
    EXPECT_TRUE(refused());
    claims["iss"] = "acme.eu.auth0.com";
    policy.issuers.clear();
    EXPECT_TRUE(refused());
}

TEST_F(ClaimsTest, ChecksTheAudienceAsTextOrInAnArray) {
    policy.audience = "int_1";
    EXPECT_TRUE(refused()) << "missing";
    claims["aud"] = "int_1";
    EXPECT_TRUE(accepted());
    claims["aud"] = json::array{"other", "int_1"};
    EXPECT_TRUE(accepted());
    for (const json::value& wrong :
         {json::value("int_2"), json::value(json::array{}), json::value(json::array{"int_2"}),
          json::value(json::array{"int_1", 7}), json::value(1)}) {
        claims["aud"] = wrong;
        EXPECT_TRUE(refused()) << json::serialize(wrong);
    }
}

TEST_F(ClaimsTest, ExpiresAfterTheLeewayToTheMicrosecond) {
    clock.set(from_unix_seconds(kNow + 150) - Micros{1});
    EXPECT_TRUE(accepted());
    clock.set(from_unix_seconds(kNow + 150));
    EXPECT_EQ(code(), ErrorCode::transaction_expired);
}

TEST_F(ClaimsTest, RefusesATokenFromTheFutureBeyondTheLeeway) {
    clock.set(from_unix_seconds(kNow - 30));
    EXPECT_TRUE(accepted());
    clock.set(from_unix_seconds(kNow - 30) - Micros{1});
    EXPECT_TRUE(refused());
}

TEST_F(ClaimsTest, HonoursNotBefore) {
    claims["nbf"] = kNow + 30;
    EXPECT_TRUE(accepted());
    claims["nbf"] = kNow + 31;
    EXPECT_TRUE(refused());
    claims["nbf"] = "soon";
    EXPECT_TRUE(refused());
}

TEST_F(ClaimsTest, BoundsTheLifetime) {
    claims["exp"] = kNow + 300;
    EXPECT_TRUE(accepted());
    claims["exp"] = kNow + 301;
    EXPECT_TRUE(refused());
    claims["exp"] = kNow;
    EXPECT_TRUE(refused()) << "expires as it is issued";
}

TEST_F(ClaimsTest, RefusesTimesThatWouldOverflow) {
    for (const std::int64_t huge :
         {std::int64_t{253'402'300'800}, std::int64_t{9'223'372'036'854'775'807}, std::int64_t{-1}}) {
        claims["exp"] = huge;
        EXPECT_TRUE(refused()) << huge;
        claims["exp"] = kNow + 120;
        claims["iat"] = huge;
        EXPECT_TRUE(refused()) << huge;
        claims["iat"] = kNow;
    }
    claims["exp"] = std::uint64_t{18'446'744'073'709'551'615U};
    EXPECT_TRUE(refused());
}

TEST_F(ClaimsTest, RefusesAPolicyWithTooMuchLeeway) {
    policy.leeway = seconds(61);
    EXPECT_EQ(code(), ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace countersign::crypto::jose
