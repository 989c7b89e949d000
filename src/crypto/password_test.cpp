#include "crypto/password.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <thread>
#include <vector>

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

TEST(Password, AFloodOfPasswordsHoldsNoMoreThanFourThreads) {
    const auto hasher = Argon2Hasher::make({.passes = 3, .bytes = 64UL << 20U}).value();
    constexpr int kCallers = 12;
    std::latch all{kCallers};
    std::atomic<int> checked{0};
    std::atomic<int> refused{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < kCallers; ++i) {
        threads.emplace_back([&] {
            all.arrive_and_wait();
            const auto outcome = hasher->verify(hasher->decoy(), "guess");
            if (outcome) ++checked;
            if (!outcome && outcome.error().code == ErrorCode::queue_full) ++refused;
        });
    }
    for (auto& thread : threads)
        thread.join();
    EXPECT_EQ(checked + refused, kCallers);
    EXPECT_GE(checked, 4) << "two at work and two waiting";
    EXPECT_GE(refused, 1) << "nobody waits behind them";
    EXPECT_TRUE(hasher->verify(hasher->decoy(), "guess")) << "the places are free again";
}

TEST(Password, ABrokenHashHoldsForNothing) {
    EXPECT_FALSE(cheap()->verify("", "").value());
    EXPECT_FALSE(cheap()->verify("$argon2id$nonsense", "x").value());
}

}  // namespace
}  // namespace countersign::crypto
