#include "crypto/jose/jws.hpp"

#include <cjose/header.h>
#include <cjose/jwk.h>
#include <cjose/jws.h>

#include <array>
#include <memory>
#include <optional>

namespace countersign::crypto::jose {
namespace {

struct Release {
    void operator()(cjose_jwk_t* key) const { cjose_jwk_release(key); }
    void operator()(cjose_header_t* header) const { cjose_header_release(header); }
    void operator()(cjose_jws_t* jws) const { cjose_jws_release(jws); }
};
template <class T>
using Owned = std::unique_ptr<T, Release>;

struct Segments {
    std::string_view header;
    std::string_view payload;
    std::string_view signature;
};

constexpr std::size_t kHs256SignatureChars = 43;

// cjose's own messages are not passed on: some are misleading, and callers get one answer for every fault.
tl::unexpected<Error> refuse(std::string_view detail) {
    return fail(ErrorCode::unauthenticated, fmt::format("token refused: {}", detail));
}

Result<void> check_key(ByteView key) {
    if (key.size() < kMinHs256KeyBytes) {
        return fail(ErrorCode::invalid_argument, "an HS256 key must have at least 32 bytes");
    }
    return {};
}

Owned<cjose_jwk_t> import_key(ByteView key) {
    cjose_err error{};
    Owned<cjose_jwk_t> jwk(cjose_jwk_create_oct_spec(key.data(), key.size(), &error));
    CS_CHECK(jwk != nullptr);
    return jwk;
}

Owned<cjose_header_t> make_header() {
    cjose_err error{};
    Owned<cjose_header_t> header(cjose_header_new(&error));
    CS_CHECK(header != nullptr);
    CS_CHECK(cjose_header_set(header.get(), "alg", "HS256", &error));
    CS_CHECK(cjose_header_set(header.get(), "typ", "JWT", &error));
    return header;
}

Result<Segments> split(std::string_view token) {
    if (token.size() > kMaxTokenBytes) return refuse("too long");
    const auto first = token.find('.');
    const auto second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) {
        return refuse("not three segments");
    }
    return Segments{.header = token.substr(0, first),
                    .payload = token.substr(first + 1, second - first - 1),
                    .signature = token.substr(second + 1)};
}

Result<json::object> decode_object(std::string_view segment, std::string_view what) {
    const auto bytes = from_base64url(segment);
    if (!bytes || bytes->empty()) return refuse(fmt::format("{} is not base64url", what));
    auto object = json::parse_object(as_text(*bytes));
    if (!object) return refuse(fmt::format("{} is not a JSON object", what));
    return std::move(*object);
}

// The header may only confirm what this verifier has decided already. Anything beyond `alg` and `typ` (kid,
// jku, jwk, x5u, x5c, crit, zip, b64 …) would be an instruction from whoever wrote the token.
Result<void> check_header(const json::object& header) {
    const auto is = [&](std::string_view name, std::string_view expected) {
        const auto* const value = header.if_contains(name);
        return value != nullptr && value->is_string() && value->get_string() == expected;
    };
    if (!is("alg", "HS256")) return refuse("alg");
    if (!is("typ", "JWT")) return refuse("typ");
    if (header.size() != 2) return refuse("header has a member that is not understood");
    return {};
}

Result<json::object> read_form(std::string_view token) {
    const auto segments = CS_TRY(split(token));
    const auto header = CS_TRY(decode_object(segments.header, "header"));
    CS_TRY(check_header(header));
    const bool canonical =
        segments.signature.size() == kHs256SignatureChars && from_base64url(segments.signature);
    if (!canonical) return refuse("signature is malformed");
    return decode_object(segments.payload, "payload");
}

bool signature_holds(std::string_view token, ByteView key) {
    cjose_err error{};
    const Owned<cjose_jws_t> jws(cjose_jws_import(token.data(), token.size(), &error));
    if (jws == nullptr) return false;
    const auto jwk = import_key(key);
    return cjose_jws_verify(jws.get(), jwk.get(), &error);
}

}  // namespace

Result<std::string> sign_hs256(const json::object& claims, ByteView key) {
    CS_TRY(check_key(key));
    const auto payload = json::serialize(claims);
    const auto jwk = import_key(key);
    const auto header = make_header();
    cjose_err error{};
    const auto* const plain = reinterpret_cast<const std::uint8_t*>(payload.data());
    const Owned<cjose_jws_t> jws(cjose_jws_sign(jwk.get(), header.get(), plain, payload.size(), &error));
    CS_CHECK(jws != nullptr);
    const char* compact = nullptr;  // stays owned by the JWS
    CS_CHECK(cjose_jws_export(jws.get(), &compact, &error));
    std::string token(compact);
    if (token.size() > kMaxTokenBytes)
        return fail(ErrorCode::invalid_argument, "claims are too long for a token");
    return token;
}

Result<json::object> verify_hs256(std::string_view token, std::span<const ByteView> keys) {
    if (keys.empty()) return fail(ErrorCode::invalid_argument, "there is no key to verify with");
    for (const auto key : keys)
        CS_TRY(check_key(key));
    auto claims = CS_TRY(read_form(token));
    unsigned matches = 0;
    for (const auto key : keys)
        matches += signature_holds(token, key) ? 1U : 0U;
    if (matches == 0) return refuse("signature");
    return claims;
}

Result<json::object> peek_unverified(std::string_view token) {
    return read_form(token);
}

}  // namespace countersign::crypto::jose
