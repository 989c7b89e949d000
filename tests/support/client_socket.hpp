#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace countersign::testing {

enum class Tls { no, yes };  // `yes` trusts any certificate: the peer is our own test server on the loopback

/// A blocking connection to 127.0.0.1, below HTTP, so that tests can also send what no proper client would.
/// Every failure and every wait above ten seconds throws std::runtime_error.
class ClientSocket {
public:
    explicit ClientSocket(std::uint16_t port, Tls tls = Tls::no);
    ~ClientSocket();
    ClientSocket(ClientSocket&&) noexcept;
    ClientSocket& operator=(ClientSocket&&) noexcept;

    void send(std::string_view data);

    /// What has arrived, at least one byte; empty when the server closed.
    std::string receive_some();

    /// Until the server closes. A reset counts as a close.
    std::string receive_all();

    /// Tells the server that nothing more comes.
    void end_sending();

    /// True when the server closes within `time` and sends nothing.
    bool closed_within(std::chrono::milliseconds time);

    /// "TLSv1.3"; empty without TLS.
    std::string tls_version() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace countersign::testing
