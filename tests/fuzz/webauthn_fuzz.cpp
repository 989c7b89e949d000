// libFuzzer target for what a browser says about a passkey. Two readings of each input: as it is, and with a
// page and a moment that are right, so that the bytes reach the libraries. No input may crash it or be taken
// for a proof.
//   built and run by tools/fuzz.sh

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "crypto/digest.hpp"
#include "crypto/webauthn.hpp"

namespace crypto = countersign::crypto;
using countersign::as_bytes;
using countersign::Bytes;
using countersign::ByteView;

namespace {

const crypto::RelyingParty kParty{"portal.example", "https://portal.example"};
const Bytes kChallenge(crypto::kPasskeyChallengeBytes, 0x5A);

Bytes page(std::string_view type) {
    const std::string text = R"({"type":")" + std::string(type) + R"(","challenge":")" +
                             countersign::to_base64url(kChallenge) +
                             R"(","origin":"https://portal.example"})";
    return {as_bytes(text).begin(), as_bytes(text).end()};
}

/// The fuzzer's bytes behind the hash of the right domain.
Bytes for_domain(ByteView rest) {
    const auto hash = crypto::sha256(as_bytes(kParty.id));
    Bytes data(hash.begin(), hash.end());
    data.insert(data.end(), rest.begin(), rest.end());
    return data;
}

/// RFC 8032, the public key of test 1: its secret is known, but not to the fuzzer.
crypto::PasskeyKey known_key() {
    crypto::PasskeyKey key;
    key.credential_id = {1};
    key.algorithm = crypto::PasskeyAlgorithm::eddsa;
    key.public_key =
        countersign::from_hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a").value();
    return key;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const crypto::PasskeyKey key = known_key();
    const ByteView input(data, size);
    const Bytes raw(input.begin(), input.end());

    static_cast<void>(crypto::verify_registration(kParty, kChallenge, {raw, raw}));
    const auto made =
        crypto::verify_registration(kParty, kChallenge, {page("webauthn.create"), for_domain(input)});
    CS_CHECK(!made || (!made->credential_id.empty() && !made->public_key.empty()));

    const std::size_t head = std::min<std::size_t>(5, size);
    const Bytes signature(input.begin() + static_cast<std::ptrdiff_t>(head), input.end());
    const auto proved =
        crypto::verify_assertion(kParty, kChallenge, made ? *made : key,
                                 {made ? made->credential_id : key.credential_id, page("webauthn.get"),
                                  for_domain(input.first(head)), signature});
    CS_CHECK(made || !proved);  // under the known key nobody can sign here
    static_cast<void>(crypto::verify_assertion(kParty, kChallenge, key, {key.credential_id, raw, raw, raw}));
    return 0;
}
