#pragma once

// The Beast and Asio headers of the server. Only the .cpp files of this folder include it.

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <chrono>
#include <type_traits>

#include "base/time.hpp"

namespace countersign::net {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;
using tcp = asio::ip::tcp;

using PlainStream = beast::tcp_stream;
using TlsStream = beast::ssl_stream<beast::tcp_stream>;

template <class Stream>
constexpr bool kIsTls = std::is_same_v<Stream, TlsStream>;

inline std::chrono::microseconds as_chrono(Micros time) {
    return std::chrono::microseconds(time.value);
}

/// The parser of requests, and with it the type of a request that asks for an upgrade.
using BodyType = http::vector_body<std::uint8_t>;
using UpgradeRequest = http::request<BodyType>;

}  // namespace countersign::net
