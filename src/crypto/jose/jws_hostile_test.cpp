// Requirement S1, threat T3: tokens that a lenient library would take, or choke on.

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <string>
#include <vector>

#include "crypto/jose/jws.hpp"

namespace countersign::crypto::jose {
namespace {

constexpr std::string_view kKey = "k3y-of-forty-three-characters-base64url-abc";
constexpr std::string_view kHeader = R"({"alg":"HS256","typ":"JWT"})";
constexpr std::string_view kClaims = R"({"iss":"acme.eu.auth0.com","sub":"auth0|42","exp":1772355720})";
const std::string kClaimsSegment = to_base64url(as_bytes(kClaims));

struct Hostile {
    std::string name;
    std::string token;
};

std::string mac(std::string_view input, std::string_view key, const EVP_MD* digest) {
    std::array<std::uint8_t, EVP_MAX_MD_SIZE> out{};
    unsigned size = 0;
    const auto* const data = reinterpret_cast<const unsigned char*>(input.data());
    CS_CHECK(HMAC(digest, key.data(), static_cast<int>(key.size()), data, input.size(), out.data(), &size));
    return to_base64url(ByteView(out).first(size));
}

/// Puts raw segments together under a CORRECT HS256 signature: the signature alone must not be enough.
std::string sign_segments(const std::string& header, const std::string& payload,
                          std::string_view key = kKey) {
    const auto input = header + "." + payload;
    return input + "." + mac(input, key, EVP_sha256());
}
std::string with_header(std::string_view header) {
    return sign_segments(to_base64url(as_bytes(header)), kClaimsSegment);
}
std::string with_payload(std::string_view payload) {
    return sign_segments(to_base64url(as_bytes(kHeader)), to_base64url(as_bytes(payload)));
}
std::string good() {
    return with_header(kHeader);
}

std::vector<Hostile> hostile_headers() {
    std::vector<Hostile> all;
    for (const std::string alg : {"none", "None", "NONE", "nOnE", "", "HS384", "HS512", "hs256", "HS256 ",
                                  "RS256", "PS256", "ES256", "EdDSA", "dir", "A256KW"}) {
        all.push_back({"alg " + alg, with_header(R"({"alg":")" + alg + R"(","typ":"JWT"})")});
    }
    for (const std::string alg : {"null", "0", "true", "[\"HS256\"]", "{\"HS256\":1}"}) {
        all.push_back({"alg of type " + alg, with_header(R"({"alg":)" + alg + R"(,"typ":"JWT"})")});
    }
    for (const std::string member :
         {R"("kid":"1")", R"("kid":"../../dev/null")", R"("kid":"' OR 1=1 --")",
          R"("jku":"https://evil.example/k")", R"("jwk":{"kty":"oct","k":"AA"})",
          R"("x5u":"https://evil.example/c")", R"("x5c":["AA"])", R"("x5t":"AA")", R"("crit":["exp"])",
          R"("crit":[],"exp":1)", R"("b64":false,"crit":["b64"])", R"("zip":"DEF")", R"("cty":"JWT")",
          R"("enc":"A128GCM")", R"("p2c":2147483647)"}) {
        all.push_back(
            {"header with " + member, with_header(R"({"alg":"HS256","typ":"JWT",)" + member + "}")});
    }
    for (const std::string header :
         {R"({"alg":"HS256"})", R"({"alg":"HS256","typ":"jwt"})", R"({"alg":"HS256","typ":"JWS"})",
          R"({"alg":"HS256","typ":null})", R"({"typ":"JWT"})", R"({"alg":"none","alg":"HS256","typ":"JWT"})",
          R"({"alg":"HS256","alg":"HS256","typ":"JWT"})", R"({"alg":"HS256","typ":"JWT","typ":"JWT"})", "{}",
          "[]", "null", "\"HS256\"", "{",
          R"({"alg":"HS256","typ":"JWT"} )"
          "x",
          R"({"alg":"HS256","typ":"JWT",})", R"({/**/"alg":"HS256","typ":"JWT"})",
          "\xEF\xBB\xBF{\"alg\":\"HS256\",\"typ\":\"JWT\"}", R"({"ALG":"HS256","typ":"JWT"})"}) {
        all.push_back({"header " + header, with_header(header)});
    }
    return all;
}

std::vector<Hostile> hostile_payloads() {
    std::vector<Hostile> all;
    for (const std::string payload :
         {"", "null", "7", "\"text\"", "[1]", "{", "{}{}", R"({"sub":"a","sub":"b"})",
          R"({"a":{"x":1,"x":2}})", "{\"a\":\x01}", "{\"a\":\"\xFF\xFE\"}", R"({"a":NaN})", R"({'a':1})"}) {
        all.push_back({"payload " + payload, with_payload(payload)});
    }
    all.push_back({"payload nested 200 deep",
                   with_payload(R"({"a":)" + std::string(200, '[') + std::string(200, ']') + "}")});
    all.push_back({"payload that is a token", with_payload(good())});
    all.push_back(
        {"payload above the size cap", with_payload(R"({"a":")" + std::string(8192, 'x') + R"("})")});
    return all;
}

std::vector<Hostile> hostile_forms() {
    const auto token = good();
    const auto border = token.rfind('.');
    const auto input = token.substr(0, border);
    const auto signature = token.substr(border + 1);
    const auto header = input.substr(0, input.find('.'));
    auto last_changed = token;  // 32 bytes leave two unused bits in the last character
    last_changed.back() = token.back() == 'A' ? 'B' : static_cast<char>(token.back() + 1);
    return {
        {"empty", ""},
        {"one dot", "."},
        {"two dots", ".."},
        {"two segments", input},
        {"empty signature", input + "."},
        {"four segments", token + ".AA"},
        {"five segments", token + ".AA.AA"},
        {"leading dot", "." + token},
        {"trailing line feed", token + "\n"},
        {"leading space", " " + token},
        {"NUL inside", input + "." + signature.substr(0, 42) + std::string(1, '\0')},
        {"NUL and more behind", token + std::string(1, '\0') + "x"},
        {"padding on the signature", token + "="},
        {"padding on the payload", sign_segments(header, kClaimsSegment + "=")},
        {"padding on the header", sign_segments(header + "=", kClaimsSegment)},
        {"last signature character not canonical", last_changed},
        {"plus and slash alphabet", sign_segments(header, "ey+/" + kClaimsSegment)},
        {"signature cut", token.substr(0, token.size() - 1)},
        {"signature doubled", token + signature},
        {"signature of zeros", input + "." + std::string(43, 'A')},
        {"signature without key", input + "." + mac(input, "", EVP_sha256())},
        {"signature HS512 under alg HS256", input + "." + mac(input, kKey, EVP_sha512())},
        {"signature HS384 under alg HS256", input + "." + mac(input, kKey, EVP_sha384())},
        {"signature over the payload only", input + "." + mac(kClaimsSegment, kKey, EVP_sha256())},
        {"signature with the decoded key", sign_segments(header, kClaimsSegment, "another key")},
        {"signature with a line feed behind the key",
         sign_segments(header, kClaimsSegment, std::string(kKey) + "\n")},
        {"signature of another token",
         input + "." + with_payload("{}").substr(with_payload("{}").rfind('.') + 1)},
        {"JSON serialisation",
         R"({"payload":")" + kClaimsSegment + R"(","signature":")" + signature + R"("})"},
        {"Bearer in front", "Bearer " + token},
        {"one megabyte", std::string(1U << 20U, 'A')},
        {"many dots", std::string(5000, '.')},
    };
}

Result<json::object> verify(std::string_view token) {
    const std::array keys{as_bytes(kKey)};
    return verify_hs256(token, keys);
}

void expect_all_refused(const std::vector<Hostile>& corpus) {
    for (const auto& hostile : corpus) {
        const auto claims = verify(hostile.token);
        ASSERT_FALSE(claims) << hostile.name;
        EXPECT_EQ(claims.error().code, ErrorCode::unauthenticated) << hostile.name;
    }
}

TEST(JwsHostile, TakesTheTokenThatTheCorpusIsMadeFrom) {
    EXPECT_TRUE(verify(good()));
}
TEST(JwsHostile, RefusesEveryHostileHeaderDespiteACorrectSignature) {
    expect_all_refused(hostile_headers());
}
TEST(JwsHostile, RefusesEveryHostilePayloadDespiteACorrectSignature) {
    expect_all_refused(hostile_payloads());
}
TEST(JwsHostile, RefusesEveryHostileForm) {
    expect_all_refused(hostile_forms());
}

TEST(JwsHostile, HasNoFewerThanNinetyCases) {
    EXPECT_GE(hostile_headers().size() + hostile_payloads().size() + hostile_forms().size(), 90U);
}

TEST(JwsHostile, DoesNotRepeatTheTokenInItsError) {
    const auto claims = verify(good() + "A");
    ASSERT_FALSE(claims);
    EXPECT_EQ(claims.error().detail.find("eyJ"), std::string::npos);
}

}  // namespace
}  // namespace countersign::crypto::jose
