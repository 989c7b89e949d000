#include "api/public/capture_stream.hpp"

#include <algorithm>

#include "api/public/browser_binding.hpp"

namespace countersign::api {
namespace {

/// Carries messages between the socket and the capture session, which decides everything.
class CaptureSocket final : public net::WebSocketHandler {
public:
    CaptureSocket(std::unique_ptr<domain::CaptureSession> session, const Clock& clock)
        : session_(std::move(session)), clock_(clock) {}

    void on_open(net::WebSocketPeer& peer) override { deliver(peer, session_->on_open()); }

    void on_message(net::WebSocketPeer& peer, const net::WebSocketMessage& message) override {
        deliver(peer, message.binary ? session_->on_frame(message.data) : session_->on_text(message.text()));
    }

    void on_close() override { session_->on_closed(); }

private:
    void deliver(net::WebSocketPeer& peer, const domain::CaptureOutput& output) {
        for (const domain::ServerMessage& message : output.messages) {
            peer.send_text(json::serialize(domain::to_json(message)));
        }
        ++wake_up_;
        if (output.finished) {
            peer.close(net::CloseCode::normal);
        } else if (output.wake_at) {
            const Micros delay{std::max<std::int64_t>(0, (*output.wake_at - clock_.now()).value)};
            // A newer output replaces the wake-ups of the older ones.
            peer.call_later(delay, [this, &peer, mine = wake_up_] {
                if (mine == wake_up_) deliver(peer, session_->on_timer());
            });
        }
    }

    std::unique_ptr<domain::CaptureSession> session_;
    const Clock& clock_;
    std::uint64_t wake_up_{0};
};

}  // namespace

net::WebSocketRoute capture_stream(domain::SessionService& sessions, domain::CaptureService& captures) {
    net::WebSocketRoute route;
    route.open = [&sessions, &captures](const net::Request& request,
                                        net::Context&) -> Result<std::unique_ptr<net::WebSocketHandler>> {
        const domain::BrowserSession browser = CS_TRY(authorise(request, sessions));
        const std::string ticket = CS_TRY(request.query_param("ticket"));
        auto session = CS_TRY(captures.attach(browser, ticket));
        return std::unique_ptr<net::WebSocketHandler>(
            std::make_unique<CaptureSocket>(std::move(session), captures.clock()));
    };
    route.protocols = {"fcap.1"};
    return route;
}

}  // namespace countersign::api
