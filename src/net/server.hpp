#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "base/time.hpp"
#include "net/router.hpp"
#include "runtime/lane.hpp"
#include "telemetry/metrics.hpp"

namespace countersign::net {

/// Turns an error into an answer. net decides no status itself but 405, 431 and the closing of broken
/// connections.
using ErrorMapper = std::function<Response(const Error&, const Context&)>;

/// Looks at every answer before it is sent; sets the security headers. `request` is what could be read of it.
using ResponseHook = std::function<void(const Request&, const Context&, Response&)>;

/// PEM files. TLS 1.3, and 1.2 with AEAD and ECDHE only.
struct TlsFiles {
    std::string certificate_file;  // the chain, leaf first
    std::string key_file;
};

struct ServerOptions {
    std::string address{"127.0.0.1"};
    std::uint16_t port{0};  // 0: the system chooses, see HttpServer::port()
    unsigned io_threads{1};
    std::optional<TlsFiles> tls;
    std::string name{"public"};  // label of the metrics
    ErrorMapper map_error;
    ResponseHook finish;                       // may be empty
    std::vector<std::string> trusted_proxies;  // numeric addresses whose X-Forwarded-For and -Proto count
    std::size_t max_connections{4096};         // further ones are closed at once
    std::size_t max_header_bytes{16 * 1024};
    Micros header_timeout{
        seconds(10)};  // from the first byte to the end of the header, and for the TLS handshake
    Micros body_timeout{seconds(20)};   // for the whole body
    Micros write_timeout{seconds(30)};  // for the whole answer
    Micros idle_timeout{seconds(60)};   // between two requests
};

/// What a server uses and does not own. All of it must live longer.
struct ServerParts {
    runtime::Lane& request;
    runtime::Lane& compute;
    telemetry::Metrics& metrics;
    Random& random;
    const Clock& clock;
};

/// The HTTP/1.1, TLS and WebSocket server.
///
/// An I/O thread reads a request within its limits, finds the route and hands the request to the route's
/// lane; the answer comes back to the I/O thread. A slow peer costs a socket, never a thread. A full lane
/// answers 503 with Retry-After at once. Answers keep the order of pipelined requests. A handler that throws
/// is a 500.
///
/// Each request leaves one log line "http.request" (method, pattern, status, ms, bytes, request id).
///
/// Errors:  start: invalid_argument (certificate or address not usable), unavailable (port taken).
/// Threads: start, drain and reload_tls from one thread; port() from any after start().
/// Source:  architecture.md §1, §5, §6; requirements S23, S25; tests R7, R9, R11.
class HttpServer {
public:
    HttpServer(ServerOptions options, Router router, ServerParts parts);

    /// Closes without grace.
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    Result<void> start();

    std::uint16_t port() const;

    /// Reads the certificate and key again; connections made from now on use them. On error the old ones
    /// stay.
    Result<void> reload_tls();

    /// Stops accepting, closes idle connections, lets requests and WebSockets that are under way finish until
    /// `deadline`, then closes the rest (WebSockets with going_away) and ends the I/O threads.
    void drain(runtime::Deadline deadline);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace countersign::net
