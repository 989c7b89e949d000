#include "crypto/key_ring.hpp"

#include <gtest/gtest.h>

#include "tests/support/fakes.hpp"

namespace countersign::crypto {
namespace {

using countersign::testing::FakeRandom;

MasterKey master(std::uint8_t fill) {
    return MasterKey::from_bytes(SecretBytes(Bytes(32, fill))).value();
}

template <class... Fill>
KeyRing ring(Random& random, Fill... fills) {
    std::vector<MasterKey> keys;
    (keys.push_back(master(static_cast<std::uint8_t>(fills))), ...);
    return KeyRing::make(std::move(keys), random).value();
}

struct KeyRingTest : ::testing::Test {
    FakeRandom random;
    SecretBytes data_key{Bytes(32, 0x5a)};
    Bytes aad{1, 2, 3};
};

TEST_F(KeyRingTest, UnwrapsWhatItWrapped) {
    const auto keys = ring(random, 1);
    const auto wrapped = keys.wrap(data_key, aad).value();
    EXPECT_EQ(as_text(keys.unwrap(wrapped, aad).value().view()), as_text(data_key.view()));
    EXPECT_EQ(KeyRing::key_id_of(wrapped).value(), keys.current_key_id());
}

TEST_F(KeyRingTest, BindsTheWrappedKeyToItsPlace) {
    const auto keys = ring(random, 1);
    const auto wrapped = keys.wrap(data_key, aad).value();
    EXPECT_EQ(keys.unwrap(wrapped, Bytes{1, 2}).error().code, ErrorCode::internal);
}

TEST_F(KeyRingTest, StillUnwrapsWithThePreviousKeyAfterARotation) {
    const auto wrapped = ring(random, 1).wrap(data_key, aad).value();
    const auto rotated = ring(random, 2, 1);
    EXPECT_EQ(rotated.unwrap(wrapped, aad).value().size(), 32U);
    EXPECT_NE(KeyRing::key_id_of(wrapped).value(), rotated.current_key_id());
}

// Threat T25: after the re-wrap the old master key is needed no more.
TEST_F(KeyRingTest, RewrapsSoThatThePreviousKeyMayBeRetired) {
    const auto wrapped = ring(random, 1).wrap(data_key, aad).value();
    const auto moved = ring(random, 2, 1).rewrap(wrapped, aad).value();
    const auto only_new = ring(random, 2);
    EXPECT_EQ(as_text(only_new.unwrap(moved, aad).value().view()), as_text(data_key.view()));
    EXPECT_EQ(only_new.unwrap(wrapped, aad).error().code, ErrorCode::unavailable);
}

TEST_F(KeyRingTest, TakesANewKeyWhileItIsInUse) {
    auto keys = ring(random, 1);
    const auto wrapped = keys.wrap(data_key, aad).value();
    keys.adopt(ring(random, 2, 1));
    EXPECT_EQ(keys.current_key_id(), master(2).id());
    EXPECT_TRUE(keys.unwrap(wrapped, aad));
    EXPECT_TRUE(keys.is_former(wrapped));
    EXPECT_FALSE(keys.is_former(keys.rewrap(wrapped, aad).value()));
    EXPECT_EQ(KeyRing::key_id_of(keys.wrap(data_key, aad).value()).value(), master(2).id());
}

TEST_F(KeyRingTest, NoticesAForgedKeyId) {
    const auto keys = ring(random, 2, 1);
    auto wrapped = keys.wrap(data_key, aad).value();
    const auto other_id = from_hex(master(1).id()).value();
    std::copy(other_id.begin(), other_id.end(), wrapped.begin() + 1);
    EXPECT_EQ(keys.unwrap(wrapped, aad).error().code, ErrorCode::internal);
}

TEST_F(KeyRingTest, RefusesMalformedBytes) {
    const auto keys = ring(random, 1);
    const auto wrapped = keys.wrap(data_key, aad).value();
    for (std::size_t size = 0; size < wrapped.size(); ++size) {
        ASSERT_FALSE(keys.unwrap(ByteView(wrapped).first(size), aad)) << size << " bytes";
    }
    auto other_version = wrapped;
    other_version[0] = 2;
    EXPECT_EQ(KeyRing::key_id_of(other_version).error().code, ErrorCode::internal);
}

TEST_F(KeyRingTest, RefusesNoKeyAndTheSameKeyTwice) {
    EXPECT_EQ(KeyRing::make({}, random).error().code, ErrorCode::invalid_argument);
    std::vector<MasterKey> twice;
    twice.push_back(master(1));
    twice.push_back(master(1));
    EXPECT_EQ(KeyRing::make(std::move(twice), random).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace countersign::crypto
