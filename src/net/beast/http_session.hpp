#pragma once

#include <memory>
#include <optional>

#include "net/beast/edge.hpp"
#include "net/beast/stream.hpp"

namespace countersign::net {

/// One HTTP connection: reads a request, has it answered, writes the answer, and again.
///
/// Everything but finish_up() and abort() runs on the thread of the stream's io_context. While a lane works
/// on the request nothing is read, so pipelined requests wait in the socket and answers keep their order.
template <class Stream>
class HttpSession final : public Connection, public std::enable_shared_from_this<HttpSession<Stream>> {
public:
    HttpSession(Stream stream, Edge& edge);
    ~HttpSession() override;

    void start();
    void finish_up() override;
    void abort() override;

private:
    using Parser = http::request_parser<BodyType>;
    using Answer = http::response<http::span_body<const std::uint8_t>>;
    enum class Next { keep_open, close };

    void handshake();
    void await_request(Micros time_limit);
    void read_head();
    void on_head(error_code error);
    void on_bad_head(error_code error);
    bool head_refused();
    void send_continue();
    void read_body();
    void on_body(error_code error);
    void run();
    void open_websocket();
    void on_opening(WebSocketOpening opening);
    void write(Response response, Next next);
    void on_written(error_code error);
    void close_gently();
    void discard_input();
    void close();

    RequestHead head();
    beast::tcp_stream& socket() { return beast::get_lowest_layer(stream_); }

    Stream stream_;
    const asio::any_io_executor executor_;  // also when the stream has moved on
    Edge& edge_;
    std::string peer_address_;
    beast::flat_buffer buffer_;
    std::optional<Parser> parser_;
    std::shared_ptr<Exchange> exchange_;
    Response response_;             // what `answer_` points into
    std::optional<Answer> answer_;  //
    Next next_{Next::close};
    bool waiting_{false};   // for the first byte of a request
    bool upgraded_{false};  // the stream belongs to a WebSocketSession now
    std::size_t discarded_{0};
};

extern template class HttpSession<PlainStream>;
extern template class HttpSession<TlsStream>;

}  // namespace countersign::net
