#include "crypto/password.hpp"

#include <gtest/gtest.h>

namespace countersign::crypto {
namespace {

std::unique_ptr<Argon2Hasher> cheap() {
    return Argon2Hasher::make({.passes = 1, .bytes = 8192}).value();
}

TEST(Password, OnlyThePasswordItselfVerifies) {
    const auto hasher = cheap();
    const std::string hash = hasher->hash("correct horse").value();
    EXPECT_TRUE(hash.starts_with("$argon2id$v=19$")) << hash;
    EXPECT_TRUE(hasher->verify(hash, "correct horse").value());
    EXPECT_FALSE(hasher->verify(hash, "correct horse ").value());
    EXPECT_NE(hasher->hash("correct horse").value(), hash) << "the salt is fresh";
}

TEST(Password, TheDecoyCostsTheSameAndHoldsForNothing) {
    const auto hasher = cheap();
    EXPECT_TRUE(hasher->decoy().starts_with("$argon2id$v=19$m=8,t=1,")) << hasher->decoy();
    EXPECT_FALSE(hasher->verify(hasher->decoy(), "").value());
}

TEST(Password, ABrokenHashHoldsForNothing) {
    EXPECT_FALSE(cheap()->verify("", "").value());
    EXPECT_FALSE(cheap()->verify("$argon2id$nonsense", "x").value());
}

}  // namespace
}  // namespace countersign::crypto
