#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "net/beast/edge.hpp"
#include "net/beast/stream.hpp"

namespace countersign::net {

/// One WebSocket: reads messages, lets the handler work on them one at a time in the route's lane, sends
/// texts.
///
/// State belongs to the thread of the stream's io_context; the functions of WebSocketPeer and Connection post
/// to it. At most one job of the handler is in the lane. When `max_queued_messages` wait, reading stops and
/// the peer's TCP window fills.
template <class Stream>
class WebSocketSession final : public WebSocketPeer,
                               public Connection,
                               public std::enable_shared_from_this<WebSocketSession<Stream>> {
public:
    WebSocketSession(Stream stream, Edge& edge, std::shared_ptr<Exchange> exchange, WebSocketOpening opening);
    ~WebSocketSession() override;

    /// Completes the upgrade. Call once, on the stream's thread.
    void accept(UpgradeRequest request);

    void send_text(std::string text) override;
    void close(CloseCode code, std::string reason) override;
    void call_later(Micros delay, std::function<void()> callback) override;
    const Context& context() const override { return exchange_->context; }

    void finish_up() override {}  // a capture under way may end by itself until the server's deadline
    void abort() override;

private:
    enum class Kind { open, message, timer, close };
    struct Job {
        Kind kind;
        std::function<void()> run;
        std::size_t bytes{0};
        runtime::Deadline deadline{runtime::Deadline::never()};
    };
    struct Closing {
        CloseCode code;
        std::string reason;
    };
    using Timer = std::shared_ptr<asio::steady_timer>;

    void on_accepted(error_code error);
    void read();
    void on_read(error_code error);
    void add_job(Job job);
    void next_job();
    void submit_job();
    void try_again();
    void run_job();
    void job_done();
    void drop_job();
    void flush();
    void begin_close(CloseCode code, std::string reason);
    void limit_close();
    void send_close();
    void ended();
    void cancel_timers();
    void on_timer(const Timer& timer, std::function<void()> callback);

    beast::tcp_stream& socket() { return beast::get_lowest_layer(stream_); }
    runtime::Deadline job_deadline() const { return runtime::Deadline::after(route().message_deadline); }
    const WebSocketRoute& route() const { return *exchange_->route->websocket; }

    websocket::stream<Stream> stream_;
    const asio::any_io_executor executor_;
    Edge& edge_;
    const std::shared_ptr<Exchange> exchange_;
    const std::string protocol_;
    std::unique_ptr<WebSocketHandler> handler_;  // used by the job in the lane only
    std::optional<UpgradeRequest> upgrade_;      // while the upgrade is answered

    beast::flat_buffer buffer_;
    bool reading_{false};

    std::deque<Job> jobs_;
    std::size_t queued_messages_{0};
    std::optional<Job> current_;  // in the lane, or waiting for room there

    std::deque<std::string> outbox_;
    std::size_t outbox_bytes_{0};
    bool writing_{false};

    std::set<Timer> timers_;
    std::optional<Closing> closing_;  // we decided to close: nothing more is handled
    bool close_sent_{false};
    bool ended_{false};  // the connection is gone; only on_close is left to do
};

extern template class WebSocketSession<PlainStream>;
extern template class WebSocketSession<TlsStream>;

}  // namespace countersign::net
