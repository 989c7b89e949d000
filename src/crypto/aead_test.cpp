#include "crypto/aead.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <set>

#include "tests/support/fakes.hpp"

namespace countersign::crypto {
namespace {

using countersign::testing::FakeRandom;

const RowAddress kRow{.purpose = "template",
                      .tenant = "ten_1",
                      .table = "sample",
                      .column = "sealed_template",
                      .row_id = "smp_1"};

/// Hands out bytes of the test's choice.
class FixedRandom final : public Random {
public:
    explicit FixedRandom(Bytes bytes) : bytes_(std::move(bytes)) {}
    void fill(std::span<std::uint8_t> out) override { std::copy_n(bytes_.begin(), out.size(), out.begin()); }

private:
    Bytes bytes_;
};

struct AeadTest : ::testing::Test {
    FakeRandom random;
    Aead aead{random};
    SecretBytes key = aead.new_key();
    Bytes aad = row_aad(kRow);
};

TEST_F(AeadTest, AgreesWithTheGcmTestVectorForAes256) {
    // McGrew and Viega, "The Galois/Counter Mode of Operation", test case 16.
    FixedRandom nonce(from_hex("cafebabefacedbaddecaf888").value());
    const SecretBytes vector_key(
        from_hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308").value());
    const auto plaintext = from_hex(
                               "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                               "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39")
                               .value();
    const auto vector_aad = from_hex("feedfacedeadbeeffeedfacedeadbeefabaddad2").value();

    const auto sealed = Aead(nonce).seal(vector_key, plaintext, vector_aad).value();

    EXPECT_EQ(to_hex(sealed),
              "01cafebabefacedbaddecaf888"
              "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
              "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
              "76fc6ece0f4e1768cddf8853bb2d551b");
}

TEST_F(AeadTest, OpensWhatItSealed) {
    const bool held =
        rc::check("any plaintext and associated data", [&](const Bytes& plaintext, const Bytes& any_aad) {
            const auto sealed = aead.seal(key, plaintext, any_aad).value();
            const auto opened = aead.open(key, sealed, any_aad).value();
            RC_ASSERT(sealed.size() == plaintext.size() + Aead::kOverheadBytes);
            RC_ASSERT(as_text(opened.view()) == as_text(plaintext));
        });
    EXPECT_TRUE(held);
}

TEST_F(AeadTest, SealsTheSameValueDifferentlyEachTime) {
    std::set<Bytes> seen;
    for (int i = 0; i < 100; ++i)
        seen.insert(aead.seal(key, as_bytes("same"), aad).value());
    EXPECT_EQ(seen.size(), 100U);
}

TEST_F(AeadTest, NoticesEveryFlippedBit) {
    const auto sealed = aead.seal(key, as_bytes("embedding"), aad).value();
    for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
        auto damaged = sealed;
        damaged[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        const auto opened = aead.open(key, damaged, aad);
        ASSERT_FALSE(opened) << "bit " << bit;
        ASSERT_EQ(opened.error().code, ErrorCode::internal);
    }
}

TEST_F(AeadTest, RefusesEveryShorterValue) {
    const auto sealed = aead.seal(key, as_bytes("embedding"), aad).value();
    for (std::size_t size = 0; size < sealed.size(); ++size) {
        ASSERT_FALSE(aead.open(key, ByteView(sealed).first(size), aad)) << size << " bytes";
    }
}

TEST_F(AeadTest, RefusesAnotherKeyAndKeysOfAnotherSize) {
    const auto sealed = aead.seal(key, as_bytes("embedding"), aad).value();
    EXPECT_FALSE(aead.open(aead.new_key(), sealed, aad));
    EXPECT_EQ(aead.seal(SecretBytes(Bytes(16)), {}, aad).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(aead.open(SecretBytes(Bytes(33)), sealed, aad).error().code, ErrorCode::invalid_argument);
}

// Requirement S6, threat T4: two rows swapped in the database give an error, never a match.
TEST_F(AeadTest, DoesNotOpenInAnotherRow) {
    const auto sealed = aead.seal(key, as_bytes("embedding"), aad).value();
    auto elsewhere = kRow;
    elsewhere.row_id = "smp_2";
    EXPECT_FALSE(aead.open(key, sealed, row_aad(elsewhere)));
    elsewhere = kRow;
    elsewhere.tenant = "ten_2";
    EXPECT_FALSE(aead.open(key, sealed, row_aad(elsewhere)));
    elsewhere = kRow;
    elsewhere.column = "device_key";
    EXPECT_FALSE(aead.open(key, sealed, row_aad(elsewhere)));
    EXPECT_TRUE(aead.open(key, sealed, row_aad(kRow)));
}

TEST(RowAad, KeepsPartsApartThatJoinToTheSameText) {
    const auto one = row_aad({.purpose = "p", .tenant = "ab", .table = "c", .column = "d", .row_id = "e"});
    const auto other = row_aad({.purpose = "p", .tenant = "a", .table = "bc", .column = "d", .row_id = "e"});
    EXPECT_NE(one, other);
}

TEST(RowAad, HasTheFormThatIsStoredOnDisk) {
    const auto aad = row_aad({.purpose = "p", .tenant = "t", .table = "", .column = "c", .row_id = "rr"});
    EXPECT_EQ(to_hex(aad),
              "01"
              "0000000b"
              "636f756e7465727369676e"
              "00000001"
              "70"
              "00000001"
              "74"
              "00000000"
              "00000001"
              "63"
              "00000002"
              "7272");
}

}  // namespace
}  // namespace countersign::crypto
