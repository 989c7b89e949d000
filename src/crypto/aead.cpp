#include "crypto/aead.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <limits>
#include <memory>

namespace countersign::crypto {
namespace {

constexpr std::uint8_t kSealVersion = 1;
constexpr std::uint8_t kAadVersion = 1;
constexpr std::size_t kNonceBytes = 12;
constexpr std::size_t kTagBytes = 16;
static_assert(Aead::kOverheadBytes == 1 + kNonceBytes + kTagBytes);

struct FreeContext {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

const EVP_CIPHER* aes_256_gcm() {
    static const EVP_CIPHER* const algorithm = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
    CS_CHECK(algorithm != nullptr);
    return algorithm;
}

Context new_context() {
    Context context(EVP_CIPHER_CTX_new());
    CS_CHECK(context != nullptr);
    return context;
}

int length_of(ByteView bytes) {
    CS_CHECK(bytes.size() <= static_cast<std::size_t>(std::numeric_limits<int>::max()));
    return static_cast<int>(bytes.size());
}

Result<void> check_key(const SecretBytes& key) {
    if (key.size() != Aead::kKeyBytes) return fail(ErrorCode::invalid_argument, "data key is not 32 bytes");
    return {};
}

tl::unexpected<Error> does_not_open() {
    return fail(ErrorCode::internal, "sealed value does not open");
}

void append_part(Bytes& out, std::string_view part) {
    const auto size = static_cast<std::uint32_t>(part.size());
    for (const unsigned shift : {24U, 16U, 8U, 0U})
        out.push_back(static_cast<std::uint8_t>(size >> shift));
    out.insert(out.end(), part.begin(), part.end());
}

}  // namespace

Bytes row_aad(const RowAddress& address) {
    Bytes aad{kAadVersion};
    append_part(aad, "countersign");
    for (const auto part : {address.purpose, address.tenant, address.table, address.column, address.row_id}) {
        append_part(aad, part);
    }
    return aad;
}

Result<Bytes> Aead::seal(const SecretBytes& key, ByteView plaintext, ByteView aad) const {
    CS_TRY(check_key(key));
    Bytes sealed(kOverheadBytes + plaintext.size());
    sealed[0] = kSealVersion;
    auto* const nonce = sealed.data() + 1;
    auto* const body = nonce + kNonceBytes;
    random_.fill({nonce, kNonceBytes});

    const auto context = new_context();
    int written = 0;
    CS_CHECK(EVP_EncryptInit_ex2(context.get(), aes_256_gcm(), key.view().data(), nonce, nullptr) == 1);
    CS_CHECK(EVP_EncryptUpdate(context.get(), nullptr, &written, aad.data(), length_of(aad)) == 1);
    CS_CHECK(EVP_EncryptUpdate(context.get(), body, &written, plaintext.data(), length_of(plaintext)) == 1);
    CS_CHECK(EVP_EncryptFinal_ex(context.get(), body + written, &written) == 1);
    CS_CHECK(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, kTagBytes, body + plaintext.size()) ==
             1);
    return sealed;
}

Result<SecretBytes> Aead::open(const SecretBytes& key, ByteView sealed, ByteView aad) const {
    CS_TRY(check_key(key));
    if (sealed.size() < kOverheadBytes || sealed[0] != kSealVersion) return does_not_open();
    const auto nonce = sealed.subspan(1, kNonceBytes);
    const auto body = sealed.subspan(1 + kNonceBytes, sealed.size() - kOverheadBytes);
    std::array<std::uint8_t, kTagBytes> tag{};
    std::copy_n(sealed.end() - kTagBytes, kTagBytes, tag.begin());

    const auto context = new_context();
    Bytes plaintext(body.size());
    int written = 0;
    CS_CHECK(EVP_DecryptInit_ex2(context.get(), aes_256_gcm(), key.view().data(), nonce.data(), nullptr) ==
             1);
    CS_CHECK(EVP_DecryptUpdate(context.get(), nullptr, &written, aad.data(), length_of(aad)) == 1);
    CS_CHECK(EVP_DecryptUpdate(context.get(), plaintext.data(), &written, body.data(), length_of(body)) == 1);
    CS_CHECK(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, kTagBytes, tag.data()) == 1);
    SecretBytes opened(std::move(plaintext));  // wiped below if the tag does not hold
    std::array<std::uint8_t, kTagBytes> no_more{};
    if (EVP_DecryptFinal_ex(context.get(), no_more.data(), &written) != 1) return does_not_open();
    return opened;
}

}  // namespace countersign::crypto
