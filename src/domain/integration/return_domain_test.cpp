#include "domain/integration/return_domain.hpp"

#include <gtest/gtest.h>

namespace countersign::domain {
namespace {

TEST(ReturnDomain, AcceptsBareHostNamesInLowerCase) {
    EXPECT_EQ(parse_return_domain("tenant.eu.auth0.com", false).value(), "tenant.eu.auth0.com");
    EXPECT_EQ(parse_return_domain("Login.Example.COM", false).value(), "login.example.com");
    EXPECT_EQ(parse_return_domain("a-b.c1.example", false).value(), "a-b.c1.example");
}

/// Threat T5: things that a browser, a URL parser and a person read differently.
TEST(ReturnDomain, RefusesEveryHostTrick) {
    const std::string_view tricks[] = {
        "",
        " ",
        "com",
        "localhost",
        ".",
        "..",
        ".example.com",
        "example.com.",
        "example..com",
        "https://example.com",
        "http://example.com",
        "//example.com",
        "example.com/",
        "example.com/continue",
        "example.com?x",
        "example.com#x",
        "example.com:443",
        "example.com:",
        "user@example.com",
        "example.com@evil.example",
        "user:pass@example.com",
        "example.com\\.evil.example",
        "\\\\example.com",
        "example.com%2f.evil.example",
        "example%2ecom",
        "%65xample.com",
        "*.example.com",
        "*",
        "exam ple.com",
        " example.com",
        "example.com ",
        "example.com\n",
        "example.com\r\nX: y",
        "example.com\t",
        std::string_view("example.com\0.evil.example", 25),
        "ex\xC3\xA4mple.com",
        "\xD0\xB0pple.com",
        "example\xE3\x80\x82"
        "com",
        "example\xEF\xBC\x8E"
        "com",
        "xn--pple-43d.com",
        "tenant.xn--uth0-cwd.com",
        "-example.com",
        "example-.com",
        "exa_mple.com",
        "192.0.2.1",
        "127.1",
        "0x7f.1",
        "2130706433",
        "example.123",
        "example.0x1",
        "[2001:db8::1]",
        "[::1",
        "::1",
        "127.0.0.1.",
        "127.0.0.1@evil.example",
        "example.com,evil.example",
        "example.com;evil.example",
        "javascript:alert(1)",
    };
    EXPECT_GE(std::size(tricks), 50U);
    for (const auto trick : tricks) {
        EXPECT_FALSE(parse_return_domain(trick, false)) << trick;
        EXPECT_FALSE(parse_return_domain(trick, true)) << trick << " with loopback allowed";
    }
    EXPECT_FALSE(parse_return_domain(std::string(64, 'a') + ".example", false));
    EXPECT_FALSE(parse_return_domain(std::string(250, 'a').replace(60, 1, ".") + ".example", false));
}

TEST(ReturnDomain, AllowsLoopbackOnlyWithTheSwitchAndOnlyTheseTwoAddresses) {
    for (const std::string_view good : {"127.0.0.1", "127.0.0.1:4400", "[::1]", "[::1]:65535"}) {
        EXPECT_TRUE(parse_return_domain(good, true)) << good;
        EXPECT_FALSE(parse_return_domain(good, false)) << good;
    }
    for (const std::string_view bad :
         {"127.0.0.2", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:080", "127.0.0.1:65536", "127.0.0.1:1e3",
          "127.0.0.1:80:80", "127.0.0.1:80/x", "[::1]:99999", "[::2]", "0.0.0.0", "localhost:80"}) {
        EXPECT_FALSE(parse_return_domain(bad, true)) << bad;
    }
}

TEST(ReturnDomain, MatchesTheIssuerExactly) {
    const std::vector<std::string> registered{"tenant.eu.auth0.com", "login.example.com"};
    EXPECT_EQ(match_return_domain(registered, "login.example.com"), "login.example.com");
    for (const std::string_view other : {"example.com", "x.login.example.com", "Login.example.com",
                                         "login.example.com.", "login.example.com:443", "", "127.0.0.1"}) {
        EXPECT_EQ(match_return_domain(registered, other), std::nullopt) << other;
    }
}

TEST(ReturnDomain, AnIssuerWithoutPortNamesTheOnlyLoopbackDomain) {
    EXPECT_EQ(match_return_domain({"127.0.0.1:4400"}, "127.0.0.1"), "127.0.0.1:4400");
    EXPECT_EQ(match_return_domain({"127.0.0.1:4400", "127.0.0.1:4500"}, "127.0.0.1"), std::nullopt);
    EXPECT_EQ(match_return_domain({"127.0.0.1:4400"}, "127.0.0.1:4500"), std::nullopt);
    EXPECT_EQ(match_return_domain({"127.0.0.1:4400"}, "[::1]"), std::nullopt);
    EXPECT_EQ(match_return_domain({"127.0.0.1.example.com"}, "127.0.0.1"), std::nullopt);
}

TEST(ReturnDomain, BuildsHttpOnlyForLoopback) {
    EXPECT_EQ(continue_url("tenant.eu.auth0.com"), "https://tenant.eu.auth0.com/continue");
    EXPECT_EQ(continue_url("127.0.0.1:4400"), "http://127.0.0.1:4400/continue");
    EXPECT_EQ(continue_url("127.0.0.1.example.com"), "https://127.0.0.1.example.com/continue");
}

}  // namespace
}  // namespace countersign::domain
