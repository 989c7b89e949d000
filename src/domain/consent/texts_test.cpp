#include "domain/consent/texts.hpp"

#include <gtest/gtest.h>

namespace countersign::domain {
namespace {

TEST(ConsentTexts, EveryLanguageSaysTheSameThings) {
    const auto& english = consent_text("en");
    const auto& german = consent_text("de");
    EXPECT_EQ(english.version, "2026-11-24");
    EXPECT_EQ(german.version, english.version);
    EXPECT_EQ(english.paragraphs.size(), 7U);
    EXPECT_EQ(german.paragraphs.size(), english.paragraphs.size());
    EXPECT_NE(german.sha256, english.sha256);
}

/// People agreed to exactly these words. When this fails, give the changed text a new version.
TEST(ConsentTexts, ChangeOnlyWithANewVersion) {
    EXPECT_EQ(consent_text("en").sha256, "6ecb8e9cd60904a144dc3b1a4049a1eb9ed04a59f9ff5b55d145f7414e57731a");
    EXPECT_EQ(consent_text("de").sha256, "f278a6edb76e7ded56987967fa0b4e1ac07ef5748958e248f34dd21b7762bc24");
}

TEST(ConsentTexts, FallBackToEnglish) {
    for (const std::string_view german : {"de", "de-AT", "DE_ch"})
        EXPECT_EQ(consent_text(german).locale, "de");
    for (const std::string_view other : {"", "en-GB", "fr", "den", "d", "deu"}) {
        EXPECT_EQ(consent_text(other).locale, "en") << other;
    }
}

}  // namespace
}  // namespace countersign::domain
