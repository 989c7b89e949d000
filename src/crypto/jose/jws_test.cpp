#include "crypto/jose/jws.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <array>

namespace countersign::crypto::jose {
namespace {

constexpr std::string_view kKey = "k3y-of-forty-three-characters-base64url-abc";
constexpr std::string_view kOtherKey = "another-key-of-forty-three-characters-abcde";

Result<json::object> verify(std::string_view token, std::string_view key = kKey) {
    const std::array keys{as_bytes(key)};
    return verify_hs256(token, keys);
}

TEST(Jws, VerifiesWhatItSigned) {
    const json::object claims{{"sub", "auth0|42"}, {"iat", 1'772'355'600}, {"state", "a_b-c=="}};
    const auto token = sign_hs256(claims, as_bytes(kKey)).value();
    EXPECT_EQ(verify(token).value(), claims);
}

TEST(Jws, RoundTripsAnyTextClaim) {
    const bool held = rc::check("text of any code points", [](const std::vector<std::uint16_t>& units) {
        std::string text;
        for (const auto unit : units) {  // two-byte UTF-8 sequences and controls
            const auto point = static_cast<unsigned>(unit % 0x780U + 0x80U);
            text.push_back(static_cast<char>(0xC0U | (point >> 6U)));
            text.push_back(static_cast<char>(0x80U | (point & 0x3FU)));
            text.push_back(static_cast<char>(unit % 0x20U));
        }
        const json::object claims{{"text", text}};
        const auto token = sign_hs256(claims, as_bytes(kKey));
        RC_PRE(token.has_value());  // very long texts exceed the size limit
        RC_ASSERT(verify(*token).value() == claims);
        RC_ASSERT(!verify(*token, kOtherKey).has_value());
    });
    EXPECT_TRUE(held);
}

TEST(Jws, AcceptsTheCurrentAndThePreviousKey) {
    const auto token = sign_hs256({{"a", 1}}, as_bytes(kOtherKey)).value();
    const std::array keys{as_bytes(kKey), as_bytes(kOtherKey)};
    EXPECT_TRUE(verify_hs256(token, keys));
    EXPECT_EQ(verify(token).error().code, ErrorCode::unauthenticated);
}

TEST(Jws, NeedsKeysOfAtLeastTheHashSize) {
    const std::string short_key(31, 'k');
    const auto token = sign_hs256({{"a", 1}}, as_bytes(kKey)).value();
    const std::array with_short{as_bytes(kKey), as_bytes(short_key)};
    EXPECT_EQ(sign_hs256({{"a", 1}}, as_bytes(short_key)).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(verify_hs256(token, with_short).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(verify_hs256(token, {}).error().code, ErrorCode::invalid_argument);
}

TEST(Jws, RefusesToMakeATokenThatItWouldNotRead) {
    const json::object claims{{"text", std::string(kMaxTokenBytes, 'x')}};
    EXPECT_EQ(sign_hs256(claims, as_bytes(kKey)).error().code, ErrorCode::invalid_argument);
}

TEST(Jws, PeeksWithoutAKeyButWithTheSameForm) {
    const auto token = sign_hs256({{"integration_id", "int_1"}}, as_bytes(kKey)).value();
    EXPECT_EQ(peek_unverified(token).value().at("integration_id"), "int_1");
    EXPECT_EQ(peek_unverified(token + ".").error().code, ErrorCode::unauthenticated);
}

TEST(Jws, NoticesEveryChangedCharacter) {
    const auto token = sign_hs256({{"sub", "auth0|42"}, {"result", "failed"}}, as_bytes(kKey)).value();
    for (std::size_t i = 0; i < token.size(); ++i) {
        auto changed = token;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        ASSERT_FALSE(verify(changed)) << "character " << i;
        ASSERT_FALSE(verify(token.substr(0, i))) << "first " << i << " characters";
    }
}

}  // namespace
}  // namespace countersign::crypto::jose
