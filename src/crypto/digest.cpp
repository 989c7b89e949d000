#include "crypto/digest.hpp"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <sodium/utils.h>

#include <memory>
#include <vector>

namespace countersign::crypto {
namespace {

struct FreeWithOpenssl {
    void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
    void operator()(EVP_KDF_CTX* context) const { EVP_KDF_CTX_free(context); }
};
template <class T>
using Owned = std::unique_ptr<T, FreeWithOpenssl>;

// Fetching an algorithm costs more than using it. These are constants of the process and never freed: a
// thread that still runs at exit may be using them.
const EVP_MD* sha256_algorithm() {
    static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    CS_CHECK(algorithm != nullptr);
    return algorithm;
}
EVP_MAC* hmac_algorithm() {
    static EVP_MAC* const algorithm = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    CS_CHECK(algorithm != nullptr);
    return algorithm;
}
EVP_KDF* hkdf_algorithm() {
    static EVP_KDF* const algorithm = EVP_KDF_fetch(nullptr, "HKDF", nullptr);
    CS_CHECK(algorithm != nullptr);
    return algorithm;
}

OSSL_PARAM sha256_name(const char* parameter) {
    static char name[] = "SHA256";
    return OSSL_PARAM_construct_utf8_string(parameter, name, 0);
}
OSSL_PARAM octets(const char* parameter, ByteView bytes) {
    return OSSL_PARAM_construct_octet_string(parameter, const_cast<std::uint8_t*>(bytes.data()),
                                             bytes.size());
}

}  // namespace

Digest32 sha256(ByteView data) {
    Digest32 digest{};
    CS_CHECK(EVP_Digest(data.data(), data.size(), digest.data(), nullptr, sha256_algorithm(), nullptr) == 1);
    return digest;
}

Digest32 hmac_sha256(ByteView key, ByteView data) {
    const Owned<EVP_MAC_CTX> context(EVP_MAC_CTX_new(hmac_algorithm()));
    CS_CHECK(context != nullptr);
    const OSSL_PARAM parameters[] = {sha256_name(OSSL_MAC_PARAM_DIGEST), OSSL_PARAM_construct_end()};
    static constexpr std::uint8_t kNothing = 0;  // OpenSSL takes a null key for "keep the old one"
    const auto* const key_data = key.empty() ? &kNothing : key.data();
    Digest32 digest{};
    std::size_t written = 0;
    CS_CHECK(EVP_MAC_init(context.get(), key_data, key.size(), parameters) == 1);
    CS_CHECK(EVP_MAC_update(context.get(), data.data(), data.size()) == 1);
    CS_CHECK(EVP_MAC_final(context.get(), digest.data(), &written, digest.size()) == 1);
    CS_CHECK(written == digest.size());
    return digest;
}

Result<SecretBytes> hkdf_sha256(ByteView key, ByteView salt, std::string_view info, std::size_t length) {
    if (key.empty()) return fail(ErrorCode::invalid_argument, "key derivation needs a key");
    if (length == 0 || length > 255 * sizeof(Digest32)) {
        return fail(ErrorCode::invalid_argument, "derived key length out of range");
    }
    const Owned<EVP_KDF_CTX> context(EVP_KDF_CTX_new(hkdf_algorithm()));
    CS_CHECK(context != nullptr);
    std::vector<OSSL_PARAM> parameters{sha256_name(OSSL_KDF_PARAM_DIGEST), octets(OSSL_KDF_PARAM_KEY, key)};
    // OpenSSL refuses an empty octet string; leaving it out means the same (RFC 5869 §2.2).
    if (!salt.empty()) parameters.push_back(octets(OSSL_KDF_PARAM_SALT, salt));
    if (!info.empty()) parameters.push_back(octets(OSSL_KDF_PARAM_INFO, as_bytes(info)));
    parameters.push_back(OSSL_PARAM_construct_end());
    Bytes derived(length);
    CS_CHECK(EVP_KDF_derive(context.get(), derived.data(), derived.size(), parameters.data()) == 1);
    return SecretBytes(std::move(derived));
}

bool constant_time_equal(ByteView a, ByteView b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace countersign::crypto
