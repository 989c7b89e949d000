#include "crypto/webauthn.hpp"

#include <gtest/gtest.h>

#include "crypto/cose_shape.hpp"
#include "tests/support/soft_authenticator.hpp"

namespace countersign::crypto {
namespace {

using Bend = SoftAuthenticator::Bend;

const RelyingParty kParty{"portal.example", "https://portal.example:8441"};
const Bytes kChallenge(kPasskeyChallengeBytes, 0x5A);

template <class T>
ErrorCode refused(const Result<T>& result) {
    return result ? ErrorCode::internal : result.error().code;
}

/// What a server must refuse, whatever else is right.
std::vector<std::pair<const char*, Bend>> bends() {
    std::vector<std::pair<const char*, Bend>> all(11);
    all[0] = {"another origin", {}};
    all[0].second.origin = "https://portal.example.attacker.example";
    all[1] = {"another port", {}};
    all[1].second.origin = "https://portal.example";
    all[2] = {"another act", {}};
    all[2].second.type = "payment.get";
    all[3] = {"another domain", {}};
    all[3].second.domain = "attacker.example";
    all[4] = {"a foreign frame", {}};
    all[4].second.more = R"(,"crossOrigin":true)";
    all[5] = {"a frame that is called otherwise", {}};
    all[5].second.more = R"(,"topOrigin":"https://attacker.example")";
    all[6] = {"nobody there", {}};
    all[6].second.flags = 0x04;
    all[7] = {"extensions", {}};
    all[7].second.flags = 0x85;
    all[8] = {"something behind it", {}};
    all[8].second.tail = {0xA0};
    all[9] = {"a member twice", {}};
    all[9].second.more = R"(,"origin":"https://portal.example:8441")";
    all[10] = {"too much of it", {}};
    all[10].second.more = fmt::format(R"(,"more":"{}")", std::string(kMostClientData, 'x'));
    return all;
}

class EveryAlgorithm : public testing::TestWithParam<PasskeyAlgorithm> {
protected:
    const SoftAuthenticator authenticator_{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(Webauthn, EveryAlgorithm,
                         testing::Values(PasskeyAlgorithm::es256, PasskeyAlgorithm::eddsa,
                                         PasskeyAlgorithm::rs256));

TEST_P(EveryAlgorithm, RegistersAndProves) {
    const auto key = verify_registration(kParty, kChallenge, authenticator_.registers(kParty, kChallenge));
    ASSERT_TRUE(key) << key.error().detail;
    EXPECT_EQ(key->algorithm, GetParam());
    EXPECT_EQ(as_text(key->credential_id), "credential-1");

    Bend seventh;
    seventh.count = 7;
    const auto count =
        verify_assertion(kParty, kChallenge, *key, authenticator_.proves(kParty, kChallenge, seventh));
    ASSERT_TRUE(count) << count.error().detail;
    EXPECT_EQ(*count, 7U);
}

TEST_P(EveryAlgorithm, RefusesASignatureThatIsAnothersOrOfSomethingElse) {
    const auto key =
        verify_registration(kParty, kChallenge, authenticator_.registers(kParty, kChallenge)).value();
    const SoftAuthenticator other(GetParam());
    EXPECT_EQ(refused(verify_assertion(kParty, kChallenge, key, other.proves(kParty, kChallenge))),
              ErrorCode::invalid_argument);
    const auto good = authenticator_.proves(kParty, kChallenge);
    for (std::size_t i = 0; i < good.signature.size(); i += 17) {
        auto bent = good;
        bent.signature[i] ^= 1U;
        EXPECT_EQ(refused(verify_assertion(kParty, kChallenge, key, bent)), ErrorCode::invalid_argument) << i;
    }
    auto counted = good;
    counted.authenticator_data.back() ^= 1U;
    EXPECT_EQ(refused(verify_assertion(kParty, kChallenge, key, counted)), ErrorCode::invalid_argument);
    auto said = good;
    said.client_data.insert(said.client_data.end() - 1, ' ');
    EXPECT_EQ(refused(verify_assertion(kParty, kChallenge, key, said)), ErrorCode::invalid_argument);
    auto empty = good;
    empty.signature.clear();
    EXPECT_EQ(refused(verify_assertion(kParty, kChallenge, key, empty)), ErrorCode::invalid_argument);
}

class Webauthn : public testing::Test {
protected:
    const SoftAuthenticator authenticator_;
    const PasskeyKey key_ =
        verify_registration(kParty, kChallenge, authenticator_.registers(kParty, kChallenge)).value();
};

TEST_F(Webauthn, RefusesAProofThatIsNotOfThisPageThisActAndThisMoment) {
    for (const auto& [name, bend] : bends()) {
        const auto answer = authenticator_.proves(kParty, kChallenge, bend);
        EXPECT_EQ(refused(verify_assertion(kParty, kChallenge, key_, answer)), ErrorCode::invalid_argument)
            << name;
    }
    const auto older = authenticator_.proves(kParty, Bytes(kPasskeyChallengeBytes, 0x5B));
    EXPECT_EQ(refused(verify_assertion(kParty, kChallenge, key_, older)), ErrorCode::invalid_argument);
    EXPECT_EQ(refused(verify_assertion(kParty, {}, key_, authenticator_.proves(kParty, {}))),
              ErrorCode::invalid_argument)
        << "no challenge is no challenge";
    const SoftAuthenticator second(PasskeyAlgorithm::es256, "credential-2");
    EXPECT_EQ(refused(verify_assertion(kParty, kChallenge, key_, second.proves(kParty, kChallenge))),
              ErrorCode::invalid_argument);
}

TEST_F(Webauthn, RefusesARegistrationThatIsNotOfThisPageThisActAndThisMoment) {
    for (const auto& [name, bend] : bends()) {
        const auto answer = authenticator_.registers(kParty, kChallenge, bend);
        EXPECT_EQ(refused(verify_registration(kParty, kChallenge, answer)), ErrorCode::invalid_argument)
            << name;
    }
    const auto older = authenticator_.registers(kParty, Bytes(kPasskeyChallengeBytes, 0x5B));
    EXPECT_EQ(refused(verify_registration(kParty, kChallenge, older)), ErrorCode::invalid_argument);
}

TEST_F(Webauthn, TellsARegistrationFromAProof) {
    const auto registration = authenticator_.registers(kParty, kChallenge);
    const auto proof = authenticator_.proves(kParty, kChallenge);
    EXPECT_EQ(refused(verify_registration(kParty, kChallenge, {proof.client_data, proof.authenticator_data})),
              ErrorCode::invalid_argument);
    Bend pretends;
    pretends.type = "webauthn.create";
    EXPECT_EQ(refused(verify_registration(kParty, kChallenge,
                                          {authenticator_.proves(kParty, kChallenge, pretends).client_data,
                                           proof.authenticator_data})),
              ErrorCode::invalid_argument)
        << "no key in it";
    auto with_key = proof;
    with_key.authenticator_data = registration.authenticator_data;
    EXPECT_EQ(refused(verify_assertion(kParty, kChallenge, key_, with_key)), ErrorCode::invalid_argument);
}

TEST_F(Webauthn, RefusesAKeyThatIsNotOnItsCurveOrOfAnotherAlgorithm) {
    auto off_curve = authenticator_.registers(kParty, kChallenge);
    off_curve.authenticator_data.back() ^= 1U;
    EXPECT_EQ(refused(verify_registration(kParty, kChallenge, off_curve)), ErrorCode::invalid_argument);
    auto other = authenticator_.registers(kParty, kChallenge);
    constexpr std::size_t kAlgorithmAt = 55 + 12 + 4;  // after the head, the id and {1: 2, 3:
    ASSERT_EQ(other.authenticator_data[kAlgorithmAt], 0x26);
    other.authenticator_data[kAlgorithmAt] = 0x27;
    EXPECT_EQ(refused(verify_registration(kParty, kChallenge, other)), ErrorCode::invalid_argument);
    EXPECT_FALSE(parse_passkey_algorithm(-35));
}

TEST_F(Webauthn, RefusesEveryPartOfARegistration) {
    const auto whole = authenticator_.registers(kParty, kChallenge);
    for (std::size_t size = 0; size < whole.authenticator_data.size(); ++size) {
        auto cut = whole;
        cut.authenticator_data.resize(size);
        EXPECT_EQ(refused(verify_registration(kParty, kChallenge, cut)), ErrorCode::invalid_argument) << size;
    }
}

TEST(CoseShape, LetsNoLengthThroughThatIsOnlyClaimed) {
    EXPECT_TRUE(is_flat_cose_key(Bytes{0xA2, 0x01, 0x02, 0x20, 0x42, 0xAA, 0xBB}));
    EXPECT_TRUE(is_flat_cose_key(Bytes{0xA0}));
    const std::vector<Bytes> wrong{
        {},
        {0xA1, 0x01},                                                              // no value
        {0xA1, 0x01, 0x02, 0x03},                                                  // one too many
        {0xA1, 0x01, 0x80},                                                        // an array
        {0xA1, 0x01, 0x9B, 0, 0, 0, 0, 0x40, 0, 0, 0},                             // of 8 GiB
        {0xA1, 0x01, 0x5B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x00},  // a string of 2^64
        {0xA1, 0x01, 0x5F, 0xFF},                                                  // of open length
        {0xA1, 0x01, 0xA0},                                                        // a map inside
        {0xA1, 0x01, 0xC0, 0x01},                                                  // a tag
        {0xA1, 0x01, 0x61, 0x61},                                                  // text
        {0xB8, 0xFF},                                                              // 255 entries
        {0x9A, 0x40, 0, 0, 0},                                                     // not a map
        {0xBF, 0xFF},                                                              // of open length
        {0x1C},                                                                    // reserved
    };
    for (const auto& bytes : wrong)
        EXPECT_FALSE(is_flat_cose_key(bytes)) << to_hex(bytes);
}

}  // namespace
}  // namespace countersign::crypto
