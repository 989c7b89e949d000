#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/client_socket.hpp"

namespace countersign::testing {

using ClientHeaders = std::vector<std::pair<std::string, std::string>>;

struct ClientResponse {
    int status{0};
    ClientHeaders headers;
    std::string body;

    /// The first value, without regard to case; empty when missing.
    std::string header(std::string_view name) const;
    bool has_header(std::string_view name) const;
    std::vector<std::string> all_headers(std::string_view name) const;
};

/// Reads one answer; `buffer` keeps what belongs to the next one. Interim 100 answers are skipped.
ClientResponse read_response(ClientSocket& socket, std::string& buffer, bool is_head = false);

/// A small blocking HTTP/1.1 client for tests: one connection, kept alive, opened again when the server
/// closed it, and a cookie jar without rules (a browser with one origin). Never follows a redirect. Failures
/// and waits above ten seconds throw std::runtime_error.
class HttpClient {
public:
    explicit HttpClient(std::uint16_t port, Tls tls = Tls::no) : port_(port), tls_(tls) {}

    ClientResponse get(const std::string& target, const ClientHeaders& headers = {});
    ClientResponse post(const std::string& target, std::string_view body, const ClientHeaders& headers = {});
    ClientResponse post_json(const std::string& target, std::string_view body, ClientHeaders headers = {});
    ClientResponse post_form(const std::string& target, std::string_view body, ClientHeaders headers = {});
    ClientResponse request(std::string_view method, const std::string& target, const ClientHeaders& headers,
                           std::string_view body);

    /// Name to value. Set-Cookie with Max-Age=0 removes.
    std::map<std::string, std::string>& cookies() { return cookies_; }

    /// For a server that answers by host name. Default: 127.0.0.1 and the port.
    void set_host(std::string host) { host_ = std::move(host); }

    /// How often a connection was opened.
    int connections_opened() const { return opened_; }
    void disconnect() { socket_.reset(); }

private:
    void keep_cookies(const ClientResponse& response);

    std::uint16_t port_;
    Tls tls_;
    std::string host_;
    std::optional<ClientSocket> socket_;
    std::string buffer_;
    std::map<std::string, std::string> cookies_;
    int opened_{0};
};

}  // namespace countersign::testing
