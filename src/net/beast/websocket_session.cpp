#include "net/beast/websocket_session.hpp"

#include <exception>

#include "telemetry/log.hpp"

namespace countersign::net {

namespace log = telemetry::log;

namespace {

constexpr std::size_t kMaxOutboxBytes = 1024 * 1024;  // a peer that does not read is cut off
constexpr auto kRetryDelay = std::chrono::milliseconds(20);
constexpr auto kCloseTimeout = std::chrono::seconds(2);
constexpr std::size_t kMaxReasonBytes = 123;  // RFC 6455 §5.5

}  // namespace

template <class Stream>
WebSocketSession<Stream>::WebSocketSession(Stream stream, Edge& edge, std::shared_ptr<Exchange> exchange,
                                           WebSocketOpening opening)
    : stream_(std::move(stream)),
      executor_(stream_.get_executor()),
      edge_(edge),
      exchange_(std::move(exchange)),
      protocol_(std::move(opening.protocol)),
      handler_(std::move(opening.handler)) {}

template <class Stream>
WebSocketSession<Stream>::~WebSocketSession() {
    edge_.connections.remove(this);
}

template <class Stream>
void WebSocketSession<Stream>::accept(UpgradeRequest request) {
    socket().expires_never();  // the WebSocket layer has its own timers
    stream_.set_option(websocket::stream_base::timeout{as_chrono(edge_.options.header_timeout),
                                                       as_chrono(route().idle_timeout), false});
    stream_.set_option(
        websocket::stream_base::decorator([protocol = protocol_](websocket::response_type& response) {
            response.set(http::field::server, "");  // else Beast names itself and its version
            if (!protocol.empty()) response.set(http::field::sec_websocket_protocol, protocol);
        }));
    stream_.control_callback([this](websocket::frame_type kind, beast::string_view) {
        if (kind == websocket::frame_type::close && !closing_) limit_close();
    });
    stream_.read_message_max(route().max_message_bytes);
    stream_.auto_fragment(false);
    upgrade_ = std::move(request);
    stream_.async_accept(*upgrade_,
                         [self = this->shared_from_this()](error_code error) { self->on_accepted(error); });
}

template <class Stream>
void WebSocketSession<Stream>::on_accepted(error_code error) {
    upgrade_.reset();
    if (error) return ended();
    edge_.dispatcher.finished(*exchange_, HttpStatus::switching_protocols, 0);
    add_job({.kind = Kind::open, .run = [this] { handler_->on_open(*this); }, .deadline = job_deadline()});
    read();
    flush();
}

template <class Stream>
void WebSocketSession<Stream>::read() {
    if (reading_ || closing_ || ended_ || queued_messages_ >= route().max_queued_messages) return;
    reading_ = true;
    stream_.async_read(buffer_, [self = this->shared_from_this()](error_code error, std::size_t) {
        self->reading_ = false;
        self->on_read(error);
    });
}

template <class Stream>
void WebSocketSession<Stream>::on_read(error_code error) {
    if (error) return ended();
    auto message = std::make_shared<WebSocketMessage>();
    message->binary = stream_.got_binary();
    const auto data = buffer_.cdata();
    const auto* begin = static_cast<const std::uint8_t*>(data.data());
    message->data.assign(begin, begin + data.size());
    buffer_.consume(buffer_.size());
    const std::size_t bytes = message->data.size();
    ++queued_messages_;
    add_job({.kind = Kind::message,
             .run = [this, message] { handler_->on_message(*this, *message); },
             .bytes = bytes,
             .deadline = job_deadline()});
    read();
}

template <class Stream>
void WebSocketSession<Stream>::add_job(Job job) {
    jobs_.push_back(std::move(job));
    next_job();
}

template <class Stream>
void WebSocketSession<Stream>::next_job() {
    while (!current_ && !jobs_.empty()) {
        Job job = std::move(jobs_.front());
        jobs_.pop_front();
        if (job.kind == Kind::message) --queued_messages_;
        if (closing_ && job.kind != Kind::close) continue;
        current_ = std::move(job);
        submit_job();
    }
    read();
}

template <class Stream>
void WebSocketSession<Stream>::submit_job() {
    // The holder makes the I/O thread drop the last reference, whatever the lane still keeps of these
    // functions.
    auto holder = std::make_shared<std::shared_ptr<WebSocketSession>>(this->shared_from_this());
    const auto back = [holder](void (WebSocketSession::*then)()) {
        const auto executor = (*holder)->executor_;
        asio::post(executor, [self = std::exchange(*holder, nullptr), then] { ((*self).*then)(); });
    };
    runtime::Task task{.run =
                           [this, back] {
                               run_job();
                               back(&WebSocketSession::job_done);
                           },
                       .drop = [back](ErrorCode) { back(&WebSocketSession::drop_job); },
                       .deadline = current_->deadline,
                       .bytes = current_->bytes,
                       .group = std::hash<std::string>{}(exchange_->context.peer_address),
                       .must_run = current_->kind == Kind::close};
    auto& lane = edge_.dispatcher.lane(exchange_->route->lane);
    if (!lane.submit(std::move(task))) try_again();
}

/// The lane is full: the message waits here, unread ones wait in the socket, until the message's deadline.
template <class Stream>
void WebSocketSession<Stream>::try_again() {
    if (current_->kind == Kind::close) {  // the lane is closed, so nothing else runs there: end it here
        run_job();
        return job_done();
    }
    if (current_->deadline.expired()) return drop_job();
    auto timer = std::make_shared<asio::steady_timer>(executor_, kRetryDelay);
    timer->async_wait([self = this->shared_from_this(), timer](error_code) {
        if (self->closing_) return self->job_done();
        self->submit_job();
    });
}

/// On a thread of the lane.
template <class Stream>
void WebSocketSession<Stream>::run_job() {
    const log::RequestScope scope(exchange_->context.request_id);
    try {
        current_->run();
        return;
    } catch (const std::exception& thrown) {
        log::event(log::Level::error, "websocket.exception",
                   {{"route", exchange_->context.route}, {"what", thrown.what()}});
    } catch (...) {
        log::event(log::Level::error, "websocket.exception", {{"route", exchange_->context.route}});
    }
    close(CloseCode::internal_error, {});
}

template <class Stream>
void WebSocketSession<Stream>::job_done() {
    current_.reset();
    next_job();
}

template <class Stream>
void WebSocketSession<Stream>::drop_job() {
    log::event(log::Level::warning, "websocket.overloaded", {{"route", exchange_->context.route}});
    begin_close(CloseCode::try_again_later, {});
    job_done();
}

template <class Stream>
void WebSocketSession<Stream>::send_text(std::string text) {
    asio::post(executor_, [self = this->shared_from_this(), text = std::move(text)]() mutable {
        if (self->closing_ || self->ended_) return;
        self->outbox_bytes_ += text.size();
        self->outbox_.push_back(std::move(text));
        if (self->outbox_bytes_ > kMaxOutboxBytes) return self->ended();
        self->flush();
    });
}

template <class Stream>
void WebSocketSession<Stream>::flush() {
    if (writing_ || ended_ || upgrade_) return;
    if (outbox_.empty()) return send_close();
    writing_ = true;
    stream_.text(true);
    const auto& text = outbox_.front();
    stream_.async_write(asio::buffer(text), [self = this->shared_from_this()](error_code error, std::size_t) {
        self->writing_ = false;
        self->outbox_bytes_ -= self->outbox_.front().size();
        self->outbox_.pop_front();
        if (error) return self->ended();
        self->flush();
    });
}

template <class Stream>
void WebSocketSession<Stream>::close(CloseCode code, std::string reason) {
    asio::post(executor_, [self = this->shared_from_this(), code, reason = std::move(reason)]() mutable {
        self->begin_close(code, std::move(reason));
    });
}

template <class Stream>
void WebSocketSession<Stream>::begin_close(CloseCode code, std::string reason) {
    if (closing_ || ended_) return;
    reason.resize(std::min(reason.size(), kMaxReasonBytes));
    closing_ = Closing{code, std::move(reason)};
    cancel_timers();
    limit_close();
    flush();
}

/// Cuts off a peer that does not finish a close which it or we began.
template <class Stream>
void WebSocketSession<Stream>::limit_close() {
    auto timer = std::make_shared<asio::steady_timer>(executor_, kCloseTimeout);
    timers_.insert(timer);
    timer->async_wait([self = this->shared_from_this(), timer](error_code error) {
        if (!error) self->ended();
    });
}

template <class Stream>
void WebSocketSession<Stream>::send_close() {
    if (!closing_ || std::exchange(close_sent_, true)) return;
    const websocket::close_reason reason(static_cast<websocket::close_code>(closing_->code),
                                         closing_->reason);
    stream_.async_close(reason, [self = this->shared_from_this()](error_code) { self->ended(); });
}

template <class Stream>
void WebSocketSession<Stream>::abort() {
    asio::post(executor_,
               [self = this->shared_from_this()] { self->begin_close(CloseCode::going_away, {}); });
}

/// The connection is over, for whatever reason. Messages that came before a close by the peer are still
/// handled.
template <class Stream>
void WebSocketSession<Stream>::ended() {
    if (std::exchange(ended_, true)) return;
    cancel_timers();
    socket().close();
    add_job({.kind = Kind::close, .run = [this] {
                 const auto handler = std::move(handler_);
                 handler->on_close();
             }});
}

template <class Stream>
void WebSocketSession<Stream>::call_later(Micros delay, std::function<void()> callback) {
    asio::post(executor_, [self = this->shared_from_this(), delay, callback = std::move(callback)]() mutable {
        if (self->closing_ || self->ended_) return;
        auto timer = std::make_shared<asio::steady_timer>(self->executor_, as_chrono(delay));
        self->timers_.insert(timer);
        timer->async_wait([self, timer, callback = std::move(callback)](error_code error) mutable {
            if (!error) self->on_timer(timer, std::move(callback));
        });
    });
}

template <class Stream>
void WebSocketSession<Stream>::on_timer(const Timer& timer, std::function<void()> callback) {
    timers_.erase(timer);
    if (closing_ || ended_) return;
    add_job({.kind = Kind::timer, .run = std::move(callback), .deadline = job_deadline()});
}

template <class Stream>
void WebSocketSession<Stream>::cancel_timers() {
    for (const auto& timer : timers_)
        timer->cancel();
    timers_.clear();
}

template class WebSocketSession<PlainStream>;
template class WebSocketSession<TlsStream>;

}  // namespace countersign::net
