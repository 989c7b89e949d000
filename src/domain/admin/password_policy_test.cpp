#include "domain/admin/password_policy.hpp"

#include <gtest/gtest.h>

namespace countersign::domain {
namespace {

bool accepted(std::string_view password) {
    return check_new_password(password, {"ada.lovelace@acme.example", "Ada Lovelace", "Acme Bank"})
        .has_value();
}

TEST(PasswordPolicy, TakesLongPhrasesAndRandomText) {
    for (const char* good : {"correct horse battery staple", "kV9#tq2Lz!pW", "vier alte Schuhe im Regen"})
        EXPECT_TRUE(accepted(good)) << good;
}

TEST(PasswordPolicy, RefusesWhatGuessersTryFirst) {
    for (const char* bad : {"short1!aB", "Password2026!", "123456789012", "qwertyuiop123", "aaaaaaaaaaaa",
                            "abcabcabcabc", "iloveyou!!!!!!", "abcdefghijklm", "9876543210987"})
        EXPECT_FALSE(accepted(bad)) << bad;
}

TEST(PasswordPolicy, RefusesWhatAnybodyKnowsAboutTheOwner) {
    for (const char* bad : {"Ada.Lovelace1!", "Acme Bank 2026", "countersign12"})
        EXPECT_FALSE(accepted(bad)) << bad;
}

TEST(PasswordPolicy, TellsWhatIsWrong) {
    const auto refused = check_new_password("123456789012", {});
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().fields.front().field, "password");
}

}  // namespace
}  // namespace countersign::domain
