#include "net/beast/tls.hpp"

#include <openssl/ssl.h>

#include <array>

namespace countersign::net {
namespace {

constexpr const char* kTls12Ciphers =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
    "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
    "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";

constexpr std::array<unsigned char, 9> kHttp11{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};

/// Answers ALPN with http/1.1 when the client offers it, and stays silent otherwise.
int select_protocol(SSL*, const unsigned char** out, unsigned char* out_length, const unsigned char* offered,
                    unsigned offered_length, void*) {
    unsigned char* chosen = nullptr;
    const int found = SSL_select_next_proto(&chosen, out_length, kHttp11.data(),
                                            static_cast<unsigned>(kHttp11.size()), offered, offered_length);
    *out = chosen;
    return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

}  // namespace

Result<std::shared_ptr<asio::ssl::context>> make_tls_context(const TlsFiles& files) {
    auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
    SSL_CTX* native = context->native_handle();
    CS_CHECK(SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION) == 1);
    CS_CHECK(SSL_CTX_set_cipher_list(native, kTls12Ciphers) == 1);
    SSL_CTX_set_options(native,
                        SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_alpn_select_cb(native, select_protocol, nullptr);

    error_code error;
    context->use_certificate_chain_file(files.certificate_file, error);
    if (error) return fail(ErrorCode::invalid_argument, "TLS certificate: " + error.message());
    context->use_private_key_file(files.key_file, asio::ssl::context::pem, error);
    if (error) return fail(ErrorCode::invalid_argument, "TLS key: " + error.message());
    if (SSL_CTX_check_private_key(native) != 1) {
        return fail(ErrorCode::invalid_argument, "the TLS key does not belong to the certificate");
    }
    return context;
}

}  // namespace countersign::net
