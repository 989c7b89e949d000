#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/http_client.hpp"

namespace countersign::testing {

struct ClientMessage {
    enum class Kind { text, binary, close, gone };  // gone: the connection ended without a close frame
    Kind kind{Kind::gone};
    std::string data;   // of a close: the reason
    int close_code{0};  // 1005 when the close frame had none
};

/// A small blocking WebSocket client for tests (RFC 6455, no extensions). It sends an Origin that equals its
/// Host unless `headers` has one. Failures and waits above ten seconds throw std::runtime_error.
class WebSocketClient {
public:
    WebSocketClient(std::uint16_t port, const std::string& target, const ClientHeaders& headers = {},
                    const std::string& protocols = {}, Tls tls = Tls::no);

    bool is_open() const { return response_.status == 101; }

    /// The answer to the upgrade: 101, or the refusal with its body.
    const ClientResponse& response() const { return response_; }

    void send_text(std::string_view text) { send_frame(0x1, text); }
    void send_binary(std::string_view data) { send_frame(0x2, data); }
    void send_close(int code);

    /// The next message. Answers pings and a close by itself.
    ClientMessage receive();

    ClientSocket& socket() { return socket_; }

private:
    void send_frame(unsigned opcode, std::string_view data);
    std::string read_bytes(std::size_t size);

    ClientSocket socket_;
    std::string buffer_;
    ClientResponse response_;
    bool close_sent_{false};
};

}  // namespace countersign::testing
