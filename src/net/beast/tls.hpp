#pragma once

#include <memory>

#include "net/beast/stream.hpp"
#include "net/server.hpp"

namespace countersign::net {

/// A server context with TLS 1.3, and 1.2 with ECDHE and AEAD ciphers only.
/// Errors: invalid_argument (a file is not readable, or the key does not fit the certificate).
/// Source: requirement S23.
Result<std::shared_ptr<asio::ssl::context>> make_tls_context(const TlsFiles& files);

}  // namespace countersign::net
