#include "domain/integration/settings.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

namespace countersign::domain {
namespace {

IntegrationSettings valid() {
    IntegrationSettings settings;
    settings.return_domains = {"tenant.eu.auth0.com"};
    return settings;
}

TEST(IntegrationSettings, DefaultsAreStrict) {
    const auto settings = checked_settings(valid()).value();
    EXPECT_EQ(settings.liveness, LivenessPolicy::both);
    EXPECT_EQ(settings.target_fmr, 1e-5);
    EXPECT_EQ(settings.max_attempts, 3);
    EXPECT_FALSE(settings.allow_insecure_loopback);
    EXPECT_FALSE(settings.adapt_templates);
}

TEST(IntegrationSettings, AreStoredWithoutDuplicateDomains) {
    auto settings = valid();
    settings.return_domains = {"A.example.com", "a.example.com", "b.example.com"};
    EXPECT_EQ(checked_settings(settings).value().return_domains,
              (std::vector<std::string>{"a.example.com", "b.example.com"}));
}

TEST(IntegrationSettings, RefuseEachValueOutOfBounds) {
    const std::vector<std::pair<std::string_view, std::function<void(IntegrationSettings&)>>> cases{
        {"no domain", [](auto& s) { s.return_domains.clear(); }},
        {"bad domain", [](auto& s) { s.return_domains.push_back("https://x.example"); }},
        {"many domains",
         [](auto& s) {
             for (int i = 0; i < 21; ++i)
                 s.return_domains.push_back(fmt::format("d{}.example.com", i));
         }},
        {"empty name", [](auto& s) { s.name = ""; }},
        {"long name", [](auto& s) { s.name = std::string(201, 'n'); }},
        {"name with a control character", [](auto& s) { s.name = "a\nb"; }},
        {"claim without https", [](auto& s) { s.claim_namespace = "http://acme.example/amr"; }},
        {"claim with a quote", [](auto& s) { s.claim_namespace = "https://acme.example/\"x"; }},
        {"rate too strict", [](auto& s) { s.target_fmr = 1e-7; }},
        {"rate too lax", [](auto& s) { s.target_fmr = 0.01; }},
        {"rate not a number", [](auto& s) { s.target_fmr = std::nan(""); }},
        {"learning from half a check",
         [](auto& s) {
             s.adapt_templates = true;
             s.liveness = LivenessPolicy::active;
         }},
        {"no attempts", [](auto& s) { s.max_attempts = 0; }},
        {"too many attempts", [](auto& s) { s.max_attempts = 11; }},
        {"short session", [](auto& s) { s.session_lifetime = seconds(59); }},
        {"long session", [](auto& s) { s.session_lifetime = minutes(31); }},
    };
    for (const auto& [what, change] : cases) {
        auto settings = valid();
        change(settings);
        const auto checked = checked_settings(settings);
        ASSERT_FALSE(checked) << what;
        EXPECT_EQ(checked.error().code, ErrorCode::invalid_argument) << what;
    }
}

}  // namespace
}  // namespace countersign::domain
