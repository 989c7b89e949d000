// Our tokens read by others and theirs by us: RFC 7515, OpenSSL's HMAC alone, and npm `jose`.

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>

#include <array>
#include <filesystem>
#include <memory>
#include <string>

#include "crypto/jose/jws.hpp"

namespace countersign::crypto::jose {
namespace {

constexpr std::string_view kKey = "k3y-of-forty-three-characters-base64url-abc";
const json::object kClaims{
    {"iss", "acme.eu.auth0.com"}, {"sub", "auth0|42"}, {"iat", 1'772'355'600}, {"ok", true}};

Result<json::object> verify(std::string_view token, ByteView key) {
    const std::array keys{key};
    return verify_hs256(token, keys);
}

std::string signature_by_openssl(std::string_view signing_input, std::string_view key) {
    std::array<std::uint8_t, 32> mac{};
    unsigned size = 0;
    const auto* const data = reinterpret_cast<const unsigned char*>(signing_input.data());
    CS_CHECK(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), data, signing_input.size(),
                  mac.data(), &size));
    return to_base64url(mac);
}

TEST(JwsOracle, ReadsTheExampleOfRfc7515AppendixA1) {
    const auto key =
        from_base64url(
            "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow")
            .value();
    const auto claims = verify(
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
        ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
        ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
        key);
    ASSERT_TRUE(claims) << claims.error().detail;
    EXPECT_EQ(claims->at("iss"), "joe");
    EXPECT_EQ(claims->at("exp"), 1'300'819'380);
    EXPECT_EQ(claims->at("http://example.com/is_root"), true);
}

TEST(JwsOracle, ReadsATokenPutTogetherWithOpenssl) {
    const auto input = to_base64url(as_bytes(R"({"typ":"JWT","alg":"HS256"})")) + "." +
                       to_base64url(as_bytes(json::serialize(kClaims)));
    const auto claims = verify(input + "." + signature_by_openssl(input, kKey), as_bytes(kKey));
    ASSERT_TRUE(claims) << claims.error().detail;
    EXPECT_EQ(*claims, kClaims);
}

TEST(JwsOracle, MakesATokenWhoseSignatureOpensslConfirms) {
    const auto token = sign_hs256(kClaims, as_bytes(kKey)).value();
    const auto border = token.rfind('.');
    EXPECT_EQ(token.substr(border + 1), signature_by_openssl(token.substr(0, border), kKey));
    EXPECT_EQ(token.substr(0, token.find('.')), to_base64url(as_bytes(R"({"alg":"HS256","typ":"JWT"})")));
}

struct ClosePipe {
    void operator()(FILE* pipe) const { ::pclose(pipe); }
};

/// First line that the script printed. The arguments hold no single quote.
std::string run_npm_jose(const std::string& action, const std::string& input) {
    const std::string script = std::string(COUNTERSIGN_SOURCE_DIR) + "/src/crypto/jose/jws_oracle.mjs";
    const auto command = fmt::format("node '{}' {} '{}' '{}'", script, action, kKey, input);
    const std::unique_ptr<FILE, ClosePipe> pipe(::popen(command.c_str(), "r"));
    CS_CHECK(pipe != nullptr);
    std::array<char, 16384> line{};
    if (::fgets(line.data(), line.size(), pipe.get()) == nullptr) return {};
    std::string text(line.data());
    return text.substr(0, text.find('\n'));
}

struct JwsNpmOracle : ::testing::Test {
    void SetUp() override {
        const auto package = std::filesystem::path(COUNTERSIGN_SOURCE_DIR) / "node_modules/jose/package.json";
        if (!std::filesystem::exists(package))
            GTEST_SKIP() << "npm package jose is not installed: run make setup";
    }
};

TEST_F(JwsNpmOracle, ReadsATokenMadeByNpmJose) {
    const auto token = run_npm_jose("sign", json::serialize(kClaims));
    const auto claims = verify(token, as_bytes(kKey));
    ASSERT_TRUE(claims) << claims.error().detail << ": " << token;
    EXPECT_EQ(*claims, kClaims);
}

TEST_F(JwsNpmOracle, MakesATokenThatNpmJoseReads) {
    const auto printed = run_npm_jose("verify", sign_hs256(kClaims, as_bytes(kKey)).value());
    EXPECT_EQ(json::parse_object(printed).value(), kClaims);
}

}  // namespace
}  // namespace countersign::crypto::jose
