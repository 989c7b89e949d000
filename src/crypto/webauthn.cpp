#include "crypto/webauthn.hpp"

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>

#include <array>
#include <memory>

#include "base/json.hpp"
#include "crypto/cose_shape.hpp"
#include "crypto/digest.hpp"

namespace countersign::crypto {
namespace {

// Authenticator data: hash of the domain, flags, counter; then of a new key its maker, its id and the key.
constexpr std::size_t kFlagsAt = 32;
constexpr std::size_t kHeadBytes = 37;
constexpr std::size_t kIdLengthAt = kHeadBytes + 16;
constexpr std::size_t kIdAt = kIdLengthAt + 2;
constexpr unsigned kUserPresent = 0x01;
constexpr unsigned kAttestedKey = 0x40;
constexpr unsigned kExtensions = 0x80;

constexpr std::array kAlgorithms{PasskeyAlgorithm::es256, PasskeyAlgorithm::eddsa, PasskeyAlgorithm::rs256};

struct FreeCred {
    void operator()(fido_cred_t* cred) const { fido_cred_free(&cred); }
};
struct FreeAssert {
    void operator()(fido_assert_t* assertion) const { fido_assert_free(&assertion); }
};
struct FreeKey {
    void operator()(es256_pk_t* key) const { es256_pk_free(&key); }
    void operator()(eddsa_pk_t* key) const { eddsa_pk_free(&key); }
    void operator()(rs256_pk_t* key) const { rs256_pk_free(&key); }
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using Cred = std::unique_ptr<fido_cred_t, FreeCred>;
using Assertion = std::unique_ptr<fido_assert_t, FreeAssert>;

tl::unexpected<Error> refuse(std::string detail) {
    return fail(ErrorCode::invalid_argument, "passkey: " + std::move(detail));
}

Result<void> done(int outcome, std::string_view what) {
    if (outcome == FIDO_OK) return {};
    return refuse(fmt::format("{}: {}", what, fido_strerr(outcome)));
}

void start_library() {
    static const bool started = [] {
        fido_init(FIDO_DISABLE_U2F_FALLBACK);
        return true;
    }();
    static_cast<void>(started);
}

/// The part of the proof that no library looks at: what was asked, where, and for what.
Result<void> check_client_data(ByteView client_data, std::string_view type, ByteView challenge,
                               const RelyingParty& party) {
    if (client_data.size() > kMostClientData) return refuse("client data too long");
    const auto members = CS_TRY(json::parse_object(as_text(client_data)));
    const auto given_type = CS_TRY(json::get_string(members, "type"));
    if (given_type != type) return refuse("type is " + given_type);
    const auto answered = CS_TRY(json::get_string(members, "challenge"));
    if (challenge.size() != kPasskeyChallengeBytes ||
        !constant_time_equal(as_bytes(answered), as_bytes(to_base64url(challenge))))
        return refuse("another challenge");
    const auto origin = CS_TRY(json::get_string(members, "origin"));
    if (origin != party.origin) return refuse("the page is of " + origin);
    const auto* framed = members.if_contains("crossOrigin");
    if (framed != nullptr && *framed != json::value(false)) return refuse("in a foreign page's frame");
    if (members.contains("topOrigin")) return refuse("in a foreign page's frame");
    return {};
}

/// The fixed part of authenticator data; `kind` is the bit that tells a registration from a proof.
Result<void> check_head(ByteView data, unsigned kind, const RelyingParty& party) {
    if (data.size() < kHeadBytes || data.size() > kMostAuthenticatorData)
        return refuse("authenticator data of no length");
    if (!constant_time_equal(data.first(kFlagsAt), sha256(as_bytes(party.id))))
        return refuse("made for another domain");
    const unsigned flags = data[kFlagsAt];
    if ((flags & kUserPresent) == 0) return refuse("nobody was there");
    if ((flags & (kAttestedKey | kExtensions)) != kind) return refuse("parts that were not asked for");
    return {};
}

/// libcbor reserves what a length claims before it is there; so only plain keys may reach it.
Result<void> check_new_key(ByteView data) {
    if (data.size() < kIdAt) return refuse("no credential");
    const std::size_t length = (std::size_t{data[kIdLengthAt]} << 8U) | data[kIdLengthAt + 1];
    if (length == 0 || length > kMostCredentialId || data.size() < kIdAt + length)
        return refuse("credential id of no length");
    if (!is_flat_cose_key(data.subspan(kIdAt + length))) return refuse("not a public key");
    return {};
}

/// libfido2 decodes a key only for the algorithm that it was told; which one it is, the key says.
Result<std::pair<Cred, PasskeyAlgorithm>> decode(ByteView authenticator_data) {
    for (const auto algorithm : kAlgorithms) {
        Cred cred(fido_cred_new());
        if (!cred) return fail(ErrorCode::internal, "fido_cred_new");
        CS_TRY(done(fido_cred_set_type(cred.get(), static_cast<int>(algorithm)), "type"));
        const int outcome =
            fido_cred_set_authdata_raw(cred.get(), authenticator_data.data(), authenticator_data.size());
        if (outcome == FIDO_OK) return std::pair(std::move(cred), algorithm);
    }
    return refuse("no key of a known algorithm");
}

Bytes copied(const unsigned char* data, std::size_t size) {
    return data == nullptr ? Bytes{} : Bytes(data, data + size);
}

/// Calls `use` with the key in libfido2's form, provided that OpenSSL takes it: a point must be on its curve.
template <class Key, class From, class ToEvp, class Use>
Result<void> use_key(Key* fresh, From from, ToEvp to_evp, ByteView bytes, Use use) {
    const std::unique_ptr<Key, FreeKey> key(fresh);
    if (!key) return fail(ErrorCode::internal, "no memory for a key");
    CS_TRY(done(from(key.get(), bytes.data(), bytes.size()), "key"));
    const std::unique_ptr<EVP_PKEY, FreeKey> usable(to_evp(key.get()));
    if (!usable) return refuse("a key that no signature fits");
    return use(static_cast<const void*>(key.get()));
}

/// Of libfido2's plain form: two coordinates, one key, a modulus of 2048 bits with three bytes of exponent.
std::size_t plain_size(PasskeyAlgorithm algorithm) {
    if (algorithm == PasskeyAlgorithm::es256) return 64;
    return algorithm == PasskeyAlgorithm::eddsa ? 32 : 259;
}

template <class Use>
Result<void> with_key(PasskeyAlgorithm algorithm, ByteView bytes, Use use) {
    if (bytes.size() != plain_size(algorithm)) return refuse("key of no length");
    switch (algorithm) {
        case PasskeyAlgorithm::es256:
            return use_key(es256_pk_new(), es256_pk_from_ptr, es256_pk_to_EVP_PKEY, bytes, use);
        case PasskeyAlgorithm::eddsa:
            return use_key(eddsa_pk_new(), eddsa_pk_from_ptr, eddsa_pk_to_EVP_PKEY, bytes, use);
        case PasskeyAlgorithm::rs256:
            return use_key(rs256_pk_new(), rs256_pk_from_ptr, rs256_pk_to_EVP_PKEY, bytes, use);
    }
    return refuse("unknown algorithm");
}

Result<Assertion> loaded(const RelyingParty& party, const PasskeyAssertion& answer) {
    Assertion assertion(fido_assert_new());
    if (!assertion) return fail(ErrorCode::internal, "fido_assert_new");
    const auto hash = sha256(answer.client_data);
    const Bytes& data = answer.authenticator_data;
    const Bytes& signature = answer.signature;
    CS_TRY(done(fido_assert_set_rp(assertion.get(), party.id.c_str()), "domain"));
    CS_TRY(done(fido_assert_set_clientdata_hash(assertion.get(), hash.data(), hash.size()), "client data"));
    CS_TRY(done(fido_assert_set_up(assertion.get(), FIDO_OPT_TRUE), "presence"));
    CS_TRY(done(fido_assert_set_count(assertion.get(), 1), "count"));
    CS_TRY(done(fido_assert_set_authdata_raw(assertion.get(), 0, data.data(), data.size()), "data"));
    CS_TRY(done(fido_assert_set_sig(assertion.get(), 0, signature.data(), signature.size()), "signature"));
    return assertion;
}

}  // namespace

Result<PasskeyAlgorithm> parse_passkey_algorithm(std::int64_t number) {
    for (const auto known : kAlgorithms) {
        if (static_cast<std::int64_t>(known) == number) return known;
    }
    return fail(ErrorCode::invalid_argument, fmt::format("no passkey algorithm has the number {}", number));
}

Result<PasskeyKey> verify_registration(const RelyingParty& party, ByteView challenge,
                                       const PasskeyRegistration& answer) {
    start_library();
    CS_TRY(check_client_data(answer.client_data, "webauthn.create", challenge, party));
    CS_TRY(check_head(answer.authenticator_data, kAttestedKey, party));
    CS_TRY(check_new_key(answer.authenticator_data));
    const auto [cred, algorithm] = CS_TRY(decode(answer.authenticator_data));
    PasskeyKey key;
    key.credential_id = copied(fido_cred_id_ptr(cred.get()), fido_cred_id_len(cred.get()));
    key.algorithm = algorithm;
    key.public_key = copied(fido_cred_pubkey_ptr(cred.get()), fido_cred_pubkey_len(cred.get()));
    key.sign_count = fido_cred_sigcount(cred.get());
    CS_TRY(with_key(key.algorithm, key.public_key, [](const void*) { return Result<void>{}; }));
    return key;
}

Result<std::uint32_t> verify_assertion(const RelyingParty& party, ByteView challenge, const PasskeyKey& key,
                                       const PasskeyAssertion& answer) {
    start_library();
    CS_TRY(check_client_data(answer.client_data, "webauthn.get", challenge, party));
    CS_TRY(check_head(answer.authenticator_data, 0, party));
    if (answer.authenticator_data.size() != kHeadBytes) return refuse("parts that were not asked for");
    if (answer.credential_id != key.credential_id) return refuse("another credential");
    if (answer.signature.empty() || answer.signature.size() > kMostPasskeySignature)
        return refuse("signature of no length");
    const auto assertion = CS_TRY(loaded(party, answer));
    CS_TRY(with_key(key.algorithm, key.public_key, [&](const void* plain) {
        return done(fido_assert_verify(assertion.get(), 0, static_cast<int>(key.algorithm), plain),
                    "signature");
    }));
    return fido_assert_sigcount(assertion.get(), 0);
}

}  // namespace countersign::crypto
