#include "net/beast/http_session.hpp"

#include <array>
#include <ctime>

#include "net/beast/websocket_session.hpp"

namespace countersign::net {
namespace {

constexpr std::size_t kReadBytes = 4096;
constexpr std::size_t kMaxDiscardedBytes = 1024 * 1024;
constexpr auto kCloseTimeout = std::chrono::seconds(2);

Method method_of(http::verb verb) {
    switch (verb) {
        case http::verb::get:
            return Method::get;
        case http::verb::head:
            return Method::head;
        case http::verb::post:
            return Method::post;
        case http::verb::put:
            return Method::put;
        case http::verb::patch:
            return Method::patch;
        case http::verb::delete_:
            return Method::delete_;
        case http::verb::options:
            return Method::options;
        default:
            return Method::other;
    }
}

/// RFC 9110 §5.6.7: `Sun, 06 Nov 1994 08:49:37 GMT`.
std::string http_date(UnixMicros now) {
    const auto seconds = static_cast<std::time_t>(to_unix_seconds(now));
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT",
                       days.at(static_cast<std::size_t>(utc.tm_wday)), utc.tm_mday,
                       months.at(static_cast<std::size_t>(utc.tm_mon)), utc.tm_year + 1900, utc.tm_hour,
                       utc.tm_min, utc.tm_sec);
}

bool is_syntax_error(error_code error) {
    return error.category() == make_error_code(http::error::bad_target).category() &&
           error != http::error::end_of_stream && error != http::error::partial_message;
}

bool is_without_body(HttpStatus status) {
    return status == HttpStatus::no_content || status == HttpStatus::not_modified;
}

}  // namespace

template <class Stream>
HttpSession<Stream>::HttpSession(Stream stream, Edge& edge)
    : stream_(std::move(stream)), executor_(stream_.get_executor()), edge_(edge) {
    error_code ignored;
    const auto endpoint = socket().socket().remote_endpoint(ignored);
    peer_address_ = endpoint.address().to_string();
}

template <class Stream>
HttpSession<Stream>::~HttpSession() {
    edge_.connections.remove(this);
}

template <class Stream>
void HttpSession<Stream>::start() {
    asio::post(executor_, [self = this->shared_from_this()] { self->handshake(); });
}

template <class Stream>
void HttpSession<Stream>::finish_up() {
    asio::post(executor_, [self = this->shared_from_this()] {
        if (self->waiting_) self->close();
    });
}

template <class Stream>
void HttpSession<Stream>::abort() {
    asio::post(executor_, [self = this->shared_from_this()] { self->close(); });
}

template <class Stream>
void HttpSession<Stream>::handshake() {
    if constexpr (kIsTls<Stream>) {
        socket().expires_after(as_chrono(edge_.options.header_timeout));
        stream_.async_handshake(asio::ssl::stream_base::server,
                                [self = this->shared_from_this()](error_code error) {
                                    if (!error) self->await_request(self->edge_.options.header_timeout);
                                });
    } else {
        await_request(edge_.options.header_timeout);
    }
}

template <class Stream>
void HttpSession<Stream>::await_request(Micros time_limit) {
    exchange_.reset();
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(edge_.options.max_header_bytes));
    parser_->body_limit(boost::none);  // the route's limit is set once the head is known
    if (buffer_.size() > 0) return read_head();
    if (edge_.connections.finishing()) return close_gently();
    waiting_ = true;
    socket().expires_after(as_chrono(time_limit));
    stream_.async_read_some(buffer_.prepare(kReadBytes),
                            [self = this->shared_from_this()](error_code error, std::size_t size) {
                                self->waiting_ = false;
                                if (error) return self->close();
                                self->buffer_.commit(size);
                                self->read_head();
                            });
}

template <class Stream>
void HttpSession<Stream>::read_head() {
    socket().expires_after(as_chrono(edge_.options.header_timeout));
    http::async_read_header(
        stream_, buffer_, *parser_,
        [self = this->shared_from_this()](error_code error, std::size_t) { self->on_head(error); });
}

template <class Stream>
RequestHead HttpSession<Stream>::head() {
    const auto& message = parser_->get();
    RequestHead head{.method = method_of(message.method()),
                     .target = std::string(message.target()),
                     .headers = {},
                     .peer_address = peer_address_,
                     .over_tls = kIsTls<Stream>,
                     .http_1_1 = message.version() == 11};
    for (const auto& field : message)
        head.headers.add(std::string(field.name_string()), std::string(field.value()));
    return head;
}

template <class Stream>
void HttpSession<Stream>::on_head(error_code error) {
    if (error) return on_bad_head(error);
    exchange_ = edge_.dispatcher.begin(head());
    if (head_refused()) return;
    parser_->body_limit(exchange_->route->options.max_body_bytes);
    const auto expect = exchange_->request.header("Expect");
    if (expect && same_header_name(*expect, "100-continue") && !parser_->is_done()) return send_continue();
    read_body();
}

/// Broken syntax gets one 400 and the end of the connection; a peer that went away or was too slow just the
/// end.
template <class Stream>
void HttpSession<Stream>::on_bad_head(error_code error) {
    if (!is_syntax_error(error)) return close();
    RequestHead nothing{
        .target = "/", .headers = {}, .peer_address = peer_address_, .over_tls = kIsTls<Stream>};
    exchange_ = edge_.dispatcher.begin(std::move(nothing));  // without Host: refused as malformed
    if (error == http::error::header_limit) {
        exchange_->early =
            edge_.dispatcher.refuse(*exchange_, Response::empty(HttpStatus::header_fields_too_large));
    }
    write(std::move(*exchange_->early), Next::close);
}

/// Answers what the head alone decides. A body that is not read makes the rest of the connection unusable.
template <class Stream>
bool HttpSession<Stream>::head_refused() {
    const auto length = parser_->content_length();
    if (exchange_->early) {
        const bool has_body = parser_->chunked() || length.value_or(0) > 0;
        write(std::move(*exchange_->early), has_body ? Next::close : Next::keep_open);
        return true;
    }
    if (length.value_or(0) <= exchange_->route->options.max_body_bytes) return false;
    const Error error{ErrorCode::payload_too_large, "Content-Length above the route's limit", {}};
    write(edge_.dispatcher.refuse(*exchange_, error), Next::close);
    return true;
}

template <class Stream>
void HttpSession<Stream>::send_continue() {
    static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    socket().expires_after(as_chrono(edge_.options.write_timeout));
    asio::async_write(stream_, asio::buffer(kContinue.data(), kContinue.size()),
                      [self = this->shared_from_this()](error_code error, std::size_t) {
                          if (error) return self->close();
                          self->read_body();
                      });
}

template <class Stream>
void HttpSession<Stream>::read_body() {
    socket().expires_after(as_chrono(edge_.options.body_timeout));
    http::async_read(
        stream_, buffer_, *parser_,
        [self = this->shared_from_this()](error_code error, std::size_t) { self->on_body(error); });
}

template <class Stream>
void HttpSession<Stream>::on_body(error_code error) {
    if (error == http::error::body_limit) {
        const Error too_large{ErrorCode::payload_too_large, "body above the route's limit", {}};
        return write(edge_.dispatcher.refuse(*exchange_, too_large), Next::close);
    }
    if (error && !is_syntax_error(error)) return close();
    if (error) {
        const Error broken{ErrorCode::invalid_argument, "broken body: " + error.message(), {}};
        return write(edge_.dispatcher.refuse(*exchange_, broken), Next::close);
    }
    socket().expires_never();
    exchange_->request.body = std::move(parser_->get().body());
    if (exchange_->route->websocket) return open_websocket();
    run();
}

template <class Stream>
void HttpSession<Stream>::run() {
    // The holder makes the I/O thread drop the last reference, whatever the lane still keeps of this
    // function.
    auto holder = std::make_shared<std::shared_ptr<HttpSession>>(this->shared_from_this());
    edge_.dispatcher.run(exchange_, [holder](Response response) {
        const auto executor = (*holder)->executor_;
        asio::post(executor,
                   [self = std::exchange(*holder, nullptr), response = std::move(response)]() mutable {
                       self->write(std::move(response), Next::keep_open);
                   });
    });
}

template <class Stream>
void HttpSession<Stream>::open_websocket() {
    const bool clean = websocket::is_upgrade(parser_->get()) && buffer_.size() == 0;
    if (!clean || exchange_->request.method != Method::get) {
        const Error error{ErrorCode::invalid_argument, "not a WebSocket upgrade", {}};
        return write(edge_.dispatcher.refuse(*exchange_, error), Next::close);
    }
    auto holder = std::make_shared<std::shared_ptr<HttpSession>>(this->shared_from_this());
    edge_.dispatcher.open(exchange_, [holder](WebSocketOpening opening) {
        const auto executor = (*holder)->executor_;
        asio::post(executor,
                   [self = std::exchange(*holder, nullptr), opening = std::move(opening)]() mutable {
                       self->on_opening(std::move(opening));
                   });
    });
}

template <class Stream>
void HttpSession<Stream>::on_opening(WebSocketOpening opening) {
    if (!opening.handler) return write(std::move(opening.refusal), Next::keep_open);
    auto session =
        std::make_shared<WebSocketSession<Stream>>(std::move(stream_), edge_, exchange_, std::move(opening));
    upgraded_ = true;
    edge_.connections.add(session);
    session->accept(parser_->release());
}

template <class Stream>
void HttpSession<Stream>::write(Response response, Next next) {
    response_ = std::move(response);
    const auto& message = parser_->get();
    const bool keep = next == Next::keep_open && !edge_.connections.finishing() && message.keep_alive();
    next_ = keep ? Next::keep_open : Next::close;

    const auto body = is_without_body(response_.status) ? ByteView() : response_.body_view();
    const bool is_head = exchange_->request.method == Method::head;
    answer_.emplace();
    answer_->version(11);
    answer_->result(static_cast<unsigned>(response_.status));
    for (const auto& [name, value] : response_.headers)
        answer_->insert(name, value);
    answer_->set(http::field::date, http_date(edge_.parts.clock.now()));
    if (!keep) answer_->set(http::field::connection, "close");
    if (keep && message.version() == 10) answer_->set(http::field::connection, "keep-alive");
    if (!is_without_body(response_.status))
        answer_->set(http::field::content_length, std::to_string(body.size()));
    if (!is_head) answer_->body() = {body.data(), body.size()};

    socket().expires_after(as_chrono(edge_.options.write_timeout));
    http::async_write(stream_, *answer_, [self = this->shared_from_this()](error_code error, std::size_t) {
        self->on_written(error);
    });
}

template <class Stream>
void HttpSession<Stream>::on_written(error_code error) {
    edge_.dispatcher.finished(*exchange_, response_.status, answer_->body().size());
    answer_.reset();
    response_ = {};
    if (error) return close();
    if (next_ == Next::close) return close_gently();
    await_request(edge_.options.idle_timeout);
}

/// Ends our side and reads the rest of what the peer sent, so that its kernel does not throw our answer away.
template <class Stream>
void HttpSession<Stream>::close_gently() {
    socket().expires_after(kCloseTimeout);
    if constexpr (kIsTls<Stream>) {
        stream_.async_shutdown([self = this->shared_from_this()](error_code) { self->close(); });
    } else {
        error_code ignored;
        socket().socket().shutdown(tcp::socket::shutdown_send, ignored);
        discard_input();
    }
}

template <class Stream>
void HttpSession<Stream>::discard_input() {
    buffer_.clear();
    stream_.async_read_some(buffer_.prepare(kReadBytes),
                            [self = this->shared_from_this()](error_code error, std::size_t size) {
                                self->discarded_ += size;
                                if (error || self->discarded_ > kMaxDiscardedBytes) return self->close();
                                self->discard_input();
                            });
}

template <class Stream>
void HttpSession<Stream>::close() {
    if (!upgraded_) socket().close();
}

template class HttpSession<PlainStream>;
template class HttpSession<TlsStream>;

}  // namespace countersign::net
