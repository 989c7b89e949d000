#include "net/websocket.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "net/test_server.hpp"
#include "tests/support/websocket_client.hpp"

namespace countersign::net {
namespace {

using countersign::testing::ClientMessage;
using countersign::testing::ClientSocket;
using countersign::testing::HttpClient;
using countersign::testing::WebSocketClient;
using ::testing::ElementsAre;
using testing::Gate;
using ::testing::HasSubstr;
using testing::TestServer;

/// Does what its test says, on the lane.
class ScriptedHandler final : public WebSocketHandler {
public:
    using OnOpen = std::function<void(WebSocketPeer&)>;
    using OnMessage = std::function<void(WebSocketPeer&, const WebSocketMessage&)>;

    ScriptedHandler(OnMessage on_message, std::atomic<int>& closed, OnOpen on_open)
        : on_message_(std::move(on_message)), on_open_(std::move(on_open)), closed_(closed) {}

    void on_open(WebSocketPeer& peer) override {
        if (on_open_) on_open_(peer);
    }
    void on_message(WebSocketPeer& peer, const WebSocketMessage& message) override {
        on_message_(peer, message);
    }
    void on_close() override { ++closed_; }

private:
    OnMessage on_message_;
    OnOpen on_open_;
    std::atomic<int>& closed_;
};

class WebSocket : public ::testing::Test {
protected:
    WebSocketRoute route(ScriptedHandler::OnMessage on_message, ScriptedHandler::OnOpen on_open = {}) {
        WebSocketRoute route;
        route.open = [this, on_message, on_open](const Request&,
                                                 Context&) -> Result<std::unique_ptr<WebSocketHandler>> {
            return std::make_unique<ScriptedHandler>(on_message, closed_, on_open);
        };
        return route;
    }
    static void echo(WebSocketPeer& peer, const WebSocketMessage& message) {
        peer.send_text(std::string(message.binary ? "binary:" : "text:") + std::string(message.text()));
    }
    void wait_for_close(int times = 1) {
        while (closed_ < times)
            std::this_thread::yield();
    }

    std::atomic<int> closed_{0};
    TestServer at_;
};

TEST_F(WebSocket, EchoesMessagesInOrderOnItsLane) {
    at_.router.websocket("/stream", Lane::compute, route(echo));
    WebSocketClient client(at_.start(), "/stream?ticket=t");
    ASSERT_TRUE(client.is_open());
    EXPECT_EQ(client.response().header("Server"), "") << "neither product nor version";
    EXPECT_FALSE(client.response().has_header("Sec-WebSocket-Extensions"));

    client.send_text("a");
    client.send_binary("b");
    client.send_text(std::string(70'000, 'x'));

    EXPECT_EQ(client.receive().data, "text:a");
    EXPECT_EQ(client.receive().data, "binary:b");
    EXPECT_EQ(client.receive().data.size(), 70'005U);
    client.send_close(1000);
    EXPECT_EQ(client.receive().close_code, 1000);
    wait_for_close();
    EXPECT_EQ(closed_, 1);
}

TEST_F(WebSocket, NegotiatesTheFirstOfItsProtocolsThatIsOffered) {
    auto with_protocols = route(echo);
    with_protocols.protocols = {"fcap.2", "fcap.1"};
    at_.router.websocket("/stream", Lane::compute, with_protocols);
    const auto port = at_.start();

    EXPECT_EQ(
        WebSocketClient(port, "/stream", {}, "other, fcap.1").response().header("Sec-WebSocket-Protocol"),
        "fcap.1");
    EXPECT_EQ(
        WebSocketClient(port, "/stream", {}, "fcap.1, fcap.2").response().header("Sec-WebSocket-Protocol"),
        "fcap.2");
    EXPECT_EQ(WebSocketClient(port, "/stream", {}, "other").response().status, 400);
    EXPECT_EQ(WebSocketClient(port, "/stream").response().status, 400);
}

TEST_F(WebSocket, RefusesForeignOriginsBeforeOpening) {
    std::atomic<int> opened{0};
    auto counting = route(echo);
    counting.open = [&](const Request&, Context&) -> Result<std::unique_ptr<WebSocketHandler>> {
        ++opened;
        return fail(ErrorCode::internal);
    };
    auto checked = counting;
    checked.origin_allowed = [](const Request& request) {
        return request.header("Origin") == "https://our.example";
    };
    at_.router.websocket("/same", Lane::compute, counting).websocket("/checked", Lane::compute, checked);
    const auto port = at_.start();

    EXPECT_EQ(WebSocketClient(port, "/same", {{"Origin", "https://evil.example"}}).response().status, 403);
    EXPECT_EQ(WebSocketClient(port, "/same", {{"Origin", "null"}}).response().status, 403);
    EXPECT_EQ(WebSocketClient(port, "/checked").response().status, 403);
    EXPECT_EQ(opened, 0);
    EXPECT_EQ(WebSocketClient(port, "/checked", {{"Origin", "https://our.example"}}).response().status, 500);
    EXPECT_EQ(opened, 1);
}

TEST_F(WebSocket, AnswersARefusedOpenLikeAnyError) {
    auto refusing = route(echo);
    refusing.open = [](const Request& request, Context&) -> Result<std::unique_ptr<WebSocketHandler>> {
        auto ticket = CS_TRY(request.query_param("ticket"));
        return fail(ErrorCode::not_found, ticket);
    };
    at_.router.websocket("/stream", Lane::compute, refusing);
    const auto port = at_.start();

    const WebSocketClient client(port, "/stream?ticket=t");
    EXPECT_EQ(client.response().status, 404);
    EXPECT_THAT(client.response().body, HasSubstr("not_found"));
    EXPECT_EQ(WebSocketClient(port, "/stream").response().status, 400);
    EXPECT_EQ(HttpClient(port).get("/stream?ticket=t").status, 400) << "a plain request is no upgrade";
}

TEST_F(WebSocket, HandlesOneMessageAtATimeAndStopsReadingBehindFour) {
    Gate gate;
    std::atomic<int> running{0};
    std::atomic<int> most{0};
    at_.router.websocket("/stream", Lane::compute,
                         route([&](WebSocketPeer& peer, const WebSocketMessage& message) {
                             most = std::max(most.load(), ++running);
                             if (message.text().starts_with("first")) gate.enter();
                             peer.send_text(std::string(message.text().substr(0, 8)));
                             --running;
                         }));
    WebSocketClient client(at_.start(), "/stream");
    client.send_text("first");
    gate.wait_until_entered(1);
    // More than the socket buffers hold: without back-pressure the server would take it all.
    const std::string big(200'000, 'x');
    std::atomic<int> sent{0};
    std::thread sender([&] {
        for (int i = 0; i < 100; ++i) {
            client.send_binary("n" + std::to_string(i) + big);
            ++sent;
        }
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    EXPECT_LT(sent, 100) << "the sender feels the busy handler";
    gate.open();

    EXPECT_EQ(client.receive().data, "first");
    for (int i = 0; i < 100; ++i)
        EXPECT_THAT(client.receive().data, ::testing::StartsWith("n" + std::to_string(i)));
    sender.join();
    EXPECT_EQ(most, 1);
}

TEST_F(WebSocket, RunsDelayedCallsInTurnWithMessages) {
    at_.router.websocket("/stream", Lane::compute, route(echo, [](WebSocketPeer& peer) {
                             peer.send_text("open");
                             peer.call_later(milliseconds(30), [&peer] { peer.send_text("later"); });
                             peer.call_later(milliseconds(1), [&peer] { peer.send_text("sooner"); });
                         }));
    WebSocketClient client(at_.start(), "/stream");

    EXPECT_EQ(client.receive().data, "open");
    EXPECT_EQ(client.receive().data, "sooner");
    EXPECT_EQ(client.receive().data, "later");
}

TEST_F(WebSocket, RunsNoDelayedCallAfterTheClose) {
    std::atomic<int> called{0};
    at_.router.websocket("/stream", Lane::compute, route([&](WebSocketPeer& peer, const WebSocketMessage&) {
                             peer.call_later(milliseconds(1), [&] { ++called; });
                             peer.send_text("bye");
                             peer.close(CloseCode::normal, "done");
                             peer.call_later(milliseconds(1), [&] { ++called; });
                         }));
    WebSocketClient client(at_.start(), "/stream");
    client.send_text("go");

    EXPECT_EQ(client.receive().data, "bye") << "what was sent before the close arrives";
    const auto end = client.receive();
    EXPECT_EQ(end.close_code, 1000);
    EXPECT_EQ(end.data, "done");
    wait_for_close();
    at_.server().drain(runtime::Deadline::after(seconds(5)));
    EXPECT_LE(called, 1);
    EXPECT_EQ(closed_, 1);
}

TEST_F(WebSocket, SendsAndClosesFromAnyThread) {
    at_.router.websocket("/stream", Lane::compute, route(echo, [](WebSocketPeer& peer) {
                             std::thread other([&peer] {
                                 for (int i = 0; i < 20; ++i)
                                     peer.send_text(std::to_string(i));
                                 peer.close(CloseCode::normal);
                             });
                             other.join();
                         }));
    WebSocketClient client(at_.start(), "/stream");
    for (int i = 0; i < 20; ++i)
        EXPECT_EQ(client.receive().data, std::to_string(i));
    EXPECT_EQ(client.receive().kind, ClientMessage::Kind::close);
}

TEST_F(WebSocket, HandlesMessagesThatCameBeforeThePeerClosed) {
    Gate gate;
    std::vector<std::string> handled;
    at_.router.websocket("/stream", Lane::compute,
                         route([&](WebSocketPeer&, const WebSocketMessage& message) {
                             if (handled.empty()) gate.enter();
                             handled.emplace_back(message.text());
                         }));
    {
        WebSocketClient client(at_.start(), "/stream");
        client.send_text("frame");
        client.send_text("cancel");
        client.send_close(1000);
        gate.wait_until_entered(1);
        EXPECT_EQ(client.receive().close_code, 1000);
    }
    gate.open();
    wait_for_close();
    EXPECT_THAT(handled, ElementsAre("frame", "cancel"));
}

TEST_F(WebSocket, ClosesWhenAMessageIsTooBigOrAHandlerThrows) {
    auto small = route(echo);
    small.max_message_bytes = 10;
    at_.router.websocket("/small", Lane::compute, small)
        .websocket("/throws", Lane::compute, route([](WebSocketPeer&, const WebSocketMessage&) {
                       throw std::runtime_error("broken");
                   }));
    const auto port = at_.start();

    WebSocketClient big(port, "/small");
    big.send_text(std::string(11, 'x'));
    EXPECT_EQ(big.receive().close_code, 1009);
    WebSocketClient thrown(port, "/throws");
    thrown.send_text("x");
    EXPECT_EQ(thrown.receive().close_code, 1011);
    wait_for_close(2);
}

TEST_F(WebSocket, EndsAnIdlePeerAndTellsTheHandler) {
    auto impatient = route(echo);
    impatient.idle_timeout = milliseconds(50);
    at_.router.websocket("/stream", Lane::compute, impatient);
    WebSocketClient client(at_.start(), "/stream");
    ASSERT_TRUE(client.is_open());
    wait_for_close();
    EXPECT_EQ(closed_, 1);
}

TEST_F(WebSocket, TellsTheHandlerWhenThePeerVanishes) {
    at_.router.websocket("/stream", Lane::compute, route(echo));
    {
        const WebSocketClient client(at_.start(), "/stream");
    }
    wait_for_close();
    EXPECT_EQ(closed_, 1);
}

TEST_F(WebSocket, ClosesWithTryAgainLaterWhenTheLaneStaysFull) {
    Gate gate;
    auto impatient = route(echo);
    impatient.message_deadline = milliseconds(50);
    at_.router.websocket("/stream", Lane::compute, impatient);
    const auto port = at_.start();
    WebSocketClient client(port, "/stream");
    client.send_text("a");
    ASSERT_EQ(client.receive().data, "text:a");
    ASSERT_TRUE(at_.compute_lane.submit({.run = [&] { gate.enter(); }, .drop = {}}));
    gate.wait_until_entered(1);
    for (int i = 0; i < 2; ++i)
        ASSERT_TRUE(at_.compute_lane.submit({.run = [] {}, .drop = {}}));

    client.send_text("b");

    EXPECT_EQ(client.receive().close_code, 1013);
    gate.open();
    wait_for_close();
}

TEST_F(WebSocket, LetsACaptureEndByItselfWhenTheServerDrains) {
    at_.router.websocket("/stream", Lane::compute, route(echo));
    WebSocketClient client(at_.start(), "/stream");
    std::thread drain([&] { at_.server().drain(runtime::Deadline::after(seconds(20))); });

    client.send_text("still here");
    EXPECT_EQ(client.receive().data, "text:still here");
    client.send_close(1000);
    EXPECT_EQ(client.receive().close_code, 1000);
    drain.join();
    EXPECT_EQ(closed_, 1);
}

TEST_F(WebSocket, SaysGoingAwayAtTheDeadlineOfTheDrain) {
    at_.router.websocket("/stream", Lane::compute, route(echo));
    WebSocketClient client(at_.start(), "/stream");
    std::thread drain([&] { at_.server().drain(runtime::Deadline::after(milliseconds(20))); });
    EXPECT_EQ(client.receive().close_code, 1001);
    drain.join();
    EXPECT_EQ(closed_, 1);
}

TEST_F(WebSocket, CutsOffAPeerThatNeverEndsTheConnectionAfterItsClose) {
    at_.router.websocket("/stream", Lane::compute, route(echo));
    WebSocketClient client(at_.start(), "/stream");
    client.send_close(1000);  // and neither reads nor closes the socket
    wait_for_close();         // the idle time-out alone would take a minute
    EXPECT_EQ(closed_, 1);
}

TEST_F(WebSocket, CutsOffAPeerThatNeverReads) {
    at_.router.websocket("/stream", Lane::compute, route([](WebSocketPeer& peer, const WebSocketMessage&) {
                             for (int i = 0; i < 200; ++i)
                                 peer.send_text(std::string(100'000, 'x'));
                         }));
    WebSocketClient client(at_.start(), "/stream");
    client.send_text("go");
    wait_for_close();
    EXPECT_EQ(closed_, 1);
}

}  // namespace
}  // namespace countersign::net
