#include "tests/support/websocket_client.hpp"

#include <algorithm>
#include <stdexcept>

namespace countersign::testing {
namespace {

std::string big_endian(std::uint64_t value, unsigned bytes) {
    std::string text;
    for (unsigned i = bytes; i > 0; --i)
        text += static_cast<char>((value >> (8 * (i - 1))) & 0xFFU);
    return text;
}

std::uint64_t from_big_endian(std::string_view text) {
    std::uint64_t value = 0;
    for (const char c : text)
        value = value << 8U | static_cast<unsigned char>(c);
    return value;
}

}  // namespace

WebSocketClient::WebSocketClient(std::uint16_t port, const std::string& target, const ClientHeaders& headers,
                                 const std::string& protocols, Tls tls)
    : socket_(port, tls) {
    const auto host = "127.0.0.1:" + std::to_string(port);
    std::string text = "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: Upgrade\r\n";
    text +=
        "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAECAwQFBgcICQoLDA0ODw==\r\n";
    if (!protocols.empty()) text += "Sec-WebSocket-Protocol: " + protocols + "\r\n";
    for (const auto& [name, value] : headers)
        text += name + ": " + value + "\r\n";
    const bool has_origin =
        std::ranges::any_of(headers, [](const auto& header) { return header.first == "Origin"; });
    if (!has_origin)
        text += std::string("Origin: ") + (tls == Tls::yes ? "https://" : "http://") + host + "\r\n";
    socket_.send(text + "\r\n");
    response_ = read_response(socket_, buffer_);
}

void WebSocketClient::send_close(int code) {
    close_sent_ = true;
    send_frame(0x8, big_endian(static_cast<std::uint64_t>(code), 2));
}

void WebSocketClient::send_frame(unsigned opcode, std::string_view data) {
    std::string frame(1, static_cast<char>(0x80U | opcode));
    if (data.size() < 126) {
        frame += static_cast<char>(0x80U | data.size());
    } else if (data.size() <= 0xFFFF) {
        frame += static_cast<char>(0x80U | 126U);
        frame += big_endian(data.size(), 2);
    } else {
        frame += static_cast<char>(0x80U | 127U);
        frame += big_endian(data.size(), 8);
    }
    constexpr std::string_view kMask = "\x11\x22\x33\x44";
    frame += kMask;
    for (std::size_t i = 0; i < data.size(); ++i)
        frame += static_cast<char>(data[i] ^ kMask[i % 4]);
    socket_.send(frame);
}

std::string WebSocketClient::read_bytes(std::size_t size) {
    while (buffer_.size() < size) {
        const auto part = socket_.receive_some();
        if (part.empty()) return {};
        buffer_ += part;
    }
    std::string bytes = buffer_.substr(0, size);
    buffer_.erase(0, size);
    return bytes;
}

ClientMessage WebSocketClient::receive() {
    for (;;) {
        const auto head = read_bytes(2);
        if (head.empty()) return {};
        std::uint64_t size = static_cast<unsigned char>(head[1]) & 0x7FU;
        if (size == 126) size = from_big_endian(read_bytes(2));
        if (size == 127) size = from_big_endian(read_bytes(8));
        auto data = size == 0 ? std::string() : read_bytes(size);
        const unsigned opcode = static_cast<unsigned char>(head[0]) & 0x0FU;
        if ((static_cast<unsigned char>(head[0]) & 0x80U) == 0)
            throw std::runtime_error("fragmented message");
        switch (opcode) {
            case 0x1:
                return {ClientMessage::Kind::text, std::move(data), 0};
            case 0x2:
                return {ClientMessage::Kind::binary, std::move(data), 0};
            case 0x9:
                send_frame(0xA, data);
                break;
            case 0xA:
                break;
            case 0x8: {
                const int code =
                    data.size() < 2 ? 1005 : static_cast<int>(from_big_endian(data.substr(0, 2)));
                if (!std::exchange(close_sent_, true)) send_frame(0x8, data.substr(0, 2));
                socket_.end_sending();
                return {ClientMessage::Kind::close, data.size() < 2 ? std::string() : data.substr(2), code};
            }
            default:
                throw std::runtime_error("unknown WebSocket frame");
        }
    }
}

}  // namespace countersign::testing
