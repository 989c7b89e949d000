#include "domain/consent/texts.hpp"

#include <gtest/gtest.h>

namespace countersign::domain {
namespace {

TEST(ConsentTexts, EveryLanguageSaysTheSameThings) {
    const auto& english = consent_text("en");
    const auto& german = consent_text("de");
    EXPECT_EQ(english.version, "2026-11-01");
    EXPECT_EQ(german.version, english.version);
    EXPECT_EQ(english.paragraphs.size(), 7U);
    EXPECT_EQ(german.paragraphs.size(), english.paragraphs.size());
    EXPECT_NE(german.sha256, english.sha256);
}

/// People agreed to exactly these words. When this fails, give the changed text a new version.
TEST(ConsentTexts, ChangeOnlyWithANewVersion) {
    EXPECT_EQ(consent_text("en").sha256, "a588d11cb051d262929af74fadde436c9615cba11d769e3c15672e5d68110d56");
    EXPECT_EQ(consent_text("de").sha256, "df40ed12dc359fb42dfe5456ac9d2bef110a96416157f7872be7a1da5cfcbeb7");
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
