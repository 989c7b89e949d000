#include "crypto/digest.hpp"

#include <gtest/gtest.h>

#include <string>

namespace countersign::crypto {
namespace {

std::string hex(const Digest32& digest) {
    return to_hex(digest);
}
Bytes unhex(std::string_view text) {
    return from_hex(text).value();
}

TEST(Sha256, AgreesWithTheFipsExamples) {
    EXPECT_EQ(hex(sha256(as_bytes(""))), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(hex(sha256(as_bytes("abc"))),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hex(sha256(as_bytes(std::string(1'000'000, 'a')))),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(HmacSha256, AgreesWithRfc4231) {
    EXPECT_EQ(hex(hmac_sha256(Bytes(20, 0x0b), as_bytes("Hi There"))),
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(hex(hmac_sha256(as_bytes("Jefe"), as_bytes("what do ya want for nothing?"))),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(hex(hmac_sha256(Bytes(131, 0xaa),
                              as_bytes("Test Using Larger Than Block-Size Key - Hash Key First"))),
              "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(HmacSha256, ComputesWithAnEmptyKey) {
    EXPECT_EQ(hex(hmac_sha256({}, {})), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(HkdfSha256, AgreesWithRfc5869) {
    const Bytes key(22, 0x0b);
    const auto info = unhex("f0f1f2f3f4f5f6f7f8f9");

    const auto derived = hkdf_sha256(key, unhex("000102030405060708090a0b0c"), as_text(info), 42);
    const auto without_salt_and_info = hkdf_sha256(key, {}, {}, 42);

    EXPECT_EQ(to_hex(derived.value().view()),
              "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
    EXPECT_EQ(to_hex(without_salt_and_info.value().view()),
              "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
}

TEST(HkdfSha256, RefusesNoKeyAndLengthsOutOfRange) {
    EXPECT_EQ(hkdf_sha256({}, {}, "info", 32).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(hkdf_sha256(Bytes(32, 1), {}, "info", 0).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(hkdf_sha256(Bytes(32, 1), {}, "info", 255 * 32 + 1).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(hkdf_sha256(Bytes(32, 1), {}, "info", 255 * 32).value().size(), 8160U);
}

TEST(ConstantTimeEqual, ComparesContentAndLength) {
    EXPECT_TRUE(constant_time_equal(as_bytes("same"), as_bytes("same")));
    EXPECT_TRUE(constant_time_equal({}, {}));
    EXPECT_FALSE(constant_time_equal(as_bytes("same"), as_bytes("sama")));
    EXPECT_FALSE(constant_time_equal(as_bytes("same"), as_bytes("same ")));
    EXPECT_FALSE(constant_time_equal(as_bytes("same"), {}));
}

}  // namespace
}  // namespace countersign::crypto
