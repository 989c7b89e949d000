#pragma once

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <memory>
#include <string>

#include "crypto/digest.hpp"
#include "crypto/webauthn.hpp"

namespace countersign {

/// An authenticator with its browser, in memory: makes a key, registers it and signs with it. Everything that
/// it says can be bent, for tests of what a server refuses.
class SoftAuthenticator {
public:
    using Algorithm = crypto::PasskeyAlgorithm;

    explicit SoftAuthenticator(Algorithm algorithm = Algorithm::es256, std::string_view id = "credential-1")
        : algorithm_(algorithm), id_(as_bytes(id).begin(), as_bytes(id).end()), key_(new_key(algorithm)) {}

    /// What is said about the page; members that are empty are right.
    struct Bend {
        std::string type;
        std::string origin;
        std::string domain;
        std::string more;  // further members of the client data: `,"crossOrigin":true`
        unsigned flags{0x05};
        std::uint32_t count{0};
        Bytes tail;  // after everything else in the authenticator data
    };

    crypto::PasskeyRegistration registers(const crypto::RelyingParty& party, ByteView challenge,
                                          const Bend& bend) const {
        Bytes data = head(party, bend, bend.flags | 0x40U);
        data.insert(data.end(), 16, 0);
        append(data, {static_cast<std::uint8_t>(id_.size() >> 8U), static_cast<std::uint8_t>(id_.size())});
        append(data, id_);
        append(data, cose_key());
        append(data, bend.tail);
        return {client_data(party, challenge, bend, "webauthn.create"), data};
    }
    crypto::PasskeyRegistration registers(const crypto::RelyingParty& party, ByteView challenge) const {
        return registers(party, challenge, Bend{});
    }

    crypto::PasskeyAssertion proves(const crypto::RelyingParty& party, ByteView challenge,
                                    const Bend& bend) const {
        crypto::PasskeyAssertion answer;
        answer.credential_id = id_;
        answer.client_data = client_data(party, challenge, bend, "webauthn.get");
        answer.authenticator_data = head(party, bend, bend.flags);
        append(answer.authenticator_data, bend.tail);
        Bytes text = answer.authenticator_data;
        append(text, crypto::sha256(answer.client_data));
        answer.signature = sign(text);
        return answer;
    }
    crypto::PasskeyAssertion proves(const crypto::RelyingParty& party, ByteView challenge) const {
        return proves(party, challenge, Bend{});
    }

private:
    struct FreeKey {
        void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    };
    using Key = std::unique_ptr<EVP_PKEY, FreeKey>;

    static Key new_key(Algorithm algorithm) {
        if (algorithm == Algorithm::es256) return Key(EVP_EC_gen("P-256"));
        if (algorithm == Algorithm::rs256) return Key(EVP_RSA_gen(2048));
        return Key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    }
    static void append(Bytes& to, ByteView more) { to.insert(to.end(), more.begin(), more.end()); }
    static void append(Bytes& to, std::initializer_list<std::uint8_t> more) {
        to.insert(to.end(), more.begin(), more.end());
    }

    static Bytes client_data(const crypto::RelyingParty& party, ByteView challenge, const Bend& bend,
                             std::string_view type) {
        const std::string text = fmt::format(
            R"({{"type":"{}","challenge":"{}","origin":"{}"{}}})", bend.type.empty() ? type : bend.type,
            to_base64url(challenge), bend.origin.empty() ? party.origin : bend.origin,
            bend.more.empty() ? std::string(R"(,"crossOrigin":false)") : bend.more);
        return {as_bytes(text).begin(), as_bytes(text).end()};
    }
    static Bytes head(const crypto::RelyingParty& party, const Bend& bend, unsigned flags) {
        const auto hash = crypto::sha256(as_bytes(bend.domain.empty() ? party.id : bend.domain));
        Bytes data(hash.begin(), hash.end());
        data.push_back(static_cast<std::uint8_t>(flags));
        for (unsigned shift = 32; shift > 0; shift -= 8)
            data.push_back(static_cast<std::uint8_t>(bend.count >> (shift - 8)));
        return data;
    }

    /// RFC 9052 and 9053: {1: kty, 3: alg, -1: curve, -2: x, -3: y}; of RSA -1 is n and -2 is e.
    Bytes cose_key() const {
        if (algorithm_ == Algorithm::rs256) {
            BIGNUM* modulus = nullptr;
            EVP_PKEY_get_bn_param(key_.get(), OSSL_PKEY_PARAM_RSA_N, &modulus);
            Bytes n(256);
            BN_bn2binpad(modulus, n.data(), 256);
            BN_free(modulus);
            Bytes cose{0xA4, 0x01, 0x03, 0x03, 0x39, 0x01, 0x00, 0x20, 0x59, 0x01, 0x00};
            append(cose, n);
            append(cose, {0x21, 0x43, 0x01, 0x00, 0x01});
            return cose;
        }
        if (algorithm_ == Algorithm::eddsa) {
            Bytes x(32);
            std::size_t size = x.size();
            EVP_PKEY_get_raw_public_key(key_.get(), x.data(), &size);
            Bytes cose{0xA4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21, 0x58, 0x20};
            append(cose, x);
            return cose;
        }
        Bytes point(65);
        std::size_t size = 0;
        EVP_PKEY_get_octet_string_param(key_.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size(),
                                        &size);
        Bytes cose{0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20};
        append(cose, ByteView(point).subspan(1, 32));
        append(cose, {0x22, 0x58, 0x20});
        append(cose, ByteView(point).subspan(33, 32));
        return cose;
    }

    Bytes sign(ByteView text) const {
        const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                              EVP_MD_CTX_free);
        const auto* digest = algorithm_ == Algorithm::eddsa ? nullptr : EVP_sha256();
        EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, key_.get());
        std::size_t size = 512;
        Bytes signature(size);
        EVP_DigestSign(context.get(), signature.data(), &size, text.data(), text.size());
        signature.resize(size);
        return signature;
    }

    Algorithm algorithm_;
    Bytes id_;
    Key key_;
};

}  // namespace countersign
