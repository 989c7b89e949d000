#include "domain/admin/passkeys.hpp"

#include <gtest/gtest.h>

namespace countersign::domain {
namespace {

std::string domain_of(std::string_view origin) {
    const auto party = relying_party_of(origin);
    return party ? party->id : "none";
}

TEST(RelyingParty, IsADomainOverTlsOrTheMachineItself) {
    EXPECT_EQ(domain_of("https://portal.example"), "portal.example");
    EXPECT_EQ(domain_of("https://portal.example:8441"), "portal.example");
    EXPECT_EQ(domain_of("http://localhost:8441"), "localhost");
    EXPECT_EQ(relying_party_of("https://portal.example:8441")->origin, "https://portal.example:8441");
}

TEST(RelyingParty, IsNoAddressAndNothingWithoutTls) {
    for (const char* origin :
         {"http://127.0.0.1:8441", "https://192.0.2.7", "https://[2001:db8::1]:8441", "https://[::1]",
          "https://192.0.0x2.0x7", "https://3221226219", "http://portal.example",
          "http://localhost.attacker.example", "https://", "https://:8441", "", "portal.example"})
        EXPECT_EQ(domain_of(origin), "none") << origin;
}

}  // namespace
}  // namespace countersign::domain
