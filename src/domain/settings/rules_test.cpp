#include <gtest/gtest.h>

#include "domain/settings/service.hpp"

namespace countersign::domain {
namespace {

Result<void> check_accent(std::string accent) {
    SettingsChange change;
    change.branding = Branding{};
    change.branding->accent = std::move(accent);
    return check_settings(change);
}

TEST(SettingsRules, TakesAnAccentOnWhichWhiteTextCanBeRead) {
    for (const auto* accent : {"#2b59ff", "#000000", "#0f7a5a", "#767676", "#C0262D"})
        EXPECT_TRUE(check_accent(accent)) << accent;
}

TEST(SettingsRules, RefusesAnAccentThatIsTooLightOrNoColourAtAll) {
    for (const auto* accent : {"#777777", "#ffe600", "#ffffff", "#7c9bff", "red", "#12345", "#12345g", ""}) {
        const auto checked = check_accent(accent);
        ASSERT_FALSE(checked) << accent;
        ASSERT_EQ(checked.error().fields.size(), 1U) << accent;
        EXPECT_EQ(checked.error().fields.front().field, "branding.accent");
    }
}

}  // namespace
}  // namespace countersign::domain
