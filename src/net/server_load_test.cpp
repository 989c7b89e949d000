#include "net/server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "net/test_server.hpp"
#include "tests/support/http_client.hpp"

namespace countersign::net {
namespace {

using countersign::testing::ClientSocket;
using countersign::testing::HttpClient;
using countersign::testing::read_response;
using testing::answer;
using testing::Gate;
using ::testing::HasSubstr;
using testing::TestServer;

Handler echo() {
    return [](const Request& request, Context&) -> Result<Response> {
        return Response::bytes(HttpStatus::ok, "application/octet-stream", request.body);
    };
}

TEST(HttpServerUnderLoad, ClosesAConnectionWhoseHeaderDoesNotComeInTime) {
    TestServer at;
    at.options.header_timeout = milliseconds(50);
    at.router.get("/hello", Lane::request, answer("hello"));
    const auto port = at.start();
    ClientSocket silent(port);
    ClientSocket slow(port);
    slow.send("GET /hel");

    EXPECT_TRUE(slow.closed_within(std::chrono::seconds(5)));
    EXPECT_TRUE(silent.closed_within(std::chrono::seconds(5)));
}

TEST(HttpServerUnderLoad, ClosesAConnectionWhoseBodyDoesNotComeInTime) {
    TestServer at;
    at.options.body_timeout = milliseconds(50);
    at.router.post("/echo", Lane::request, echo());
    ClientSocket slow(at.start());
    slow.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nxx");
    EXPECT_TRUE(slow.closed_within(std::chrono::seconds(5)));
}

TEST(HttpServerUnderLoad, ClosesAnIdleConnection) {
    TestServer at;
    at.options.idle_timeout = milliseconds(50);
    at.router.get("/hello", Lane::request, answer("hello"));
    ClientSocket socket(at.start());
    socket.send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n");
    std::string buffer;
    ASSERT_EQ(read_response(socket, buffer).status, 200);
    EXPECT_TRUE(socket.closed_within(std::chrono::seconds(5)));
}

TEST(HttpServerUnderLoad, ServesOthersWhileManyHeadersAreHalfSent) {
    TestServer at;
    at.router.get("/hello", Lane::request, answer("hello"));
    const auto port = at.start();
    std::vector<ClientSocket> stalled;
    for (int i = 0; i < 100; ++i)
        stalled.emplace_back(port).send("GET /");

    EXPECT_EQ(HttpClient(port).get("/hello").status, 200);
}

TEST(HttpServerUnderLoad, ClosesConnectionsAboveItsLimit) {
    TestServer at;
    at.options.max_connections = 1;
    at.router.get("/hello", Lane::request, answer("hello"));
    const auto port = at.start();
    HttpClient first(port);
    ASSERT_EQ(first.get("/hello").status, 200);

    ClientSocket second(port);

    EXPECT_TRUE(second.closed_within(std::chrono::seconds(5)));
    EXPECT_EQ(first.get("/hello").status, 200);
}

TEST(HttpServerUnderLoad, AnswersAFullLaneAtOnceWithRetryAfter) {
    TestServer at;
    Gate gate;
    at.router.get("/slow", Lane::compute, [&](const Request&, Context&) -> Result<Response> {
        gate.enter();
        return Response::no_content();
    });
    const auto port = at.start();
    std::vector<ClientSocket> busy;  // one running, two waiting
    for (std::size_t i = 0; i < 3; ++i) {
        busy.emplace_back(port).send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
        gate.wait_until_entered(1);
        while (at.compute_lane.depth() < i)
            std::this_thread::yield();
    }

    const auto refused = HttpClient(port).get("/slow");  // would hang for good if it waited for the lane

    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.header("Retry-After"), "1");
    EXPECT_THAT(refused.body, HasSubstr("queue_full"));
    gate.open();
    for (auto& socket : busy) {
        std::string buffer;
        EXPECT_EQ(read_response(socket, buffer).status, 204) << "accepted work is finished";
    }
}

TEST(HttpServerUnderLoad, DropsARequestThatWaitedPastItsDeadline) {
    TestServer at;
    Gate gate;
    std::atomic<bool> ran{false};
    at.router
        .get("/slow", Lane::compute,
             [&](const Request&, Context&) -> Result<Response> {
                 gate.enter();
                 return Response::no_content();
             })
        .get("/late", Lane::compute,
             [&](const Request&, Context&) -> Result<Response> {
                 ran = true;
                 return Response::no_content();
             },
             {.deadline = Micros{0}});
    const auto port = at.start();
    ClientSocket slow(port);
    slow.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
    gate.wait_until_entered(1);
    ClientSocket late(port);
    late.send("GET /late HTTP/1.1\r\nHost: a\r\n\r\n");
    while (at.compute_lane.depth() < 1)
        std::this_thread::yield();

    gate.open();

    std::string buffer;
    EXPECT_EQ(read_response(late, buffer).status, 504);
    EXPECT_FALSE(ran);
}

TEST(HttpServerUnderLoad, FinishesARequestUnderWayWhenItDrains) {
    TestServer at;
    Gate gate;
    at.router.get("/slow", Lane::request, [&](const Request&, Context&) -> Result<Response> {
        gate.enter();
        return Response::text(HttpStatus::ok, "finished");
    });
    const auto port = at.start();
    ClientSocket busy(port);
    busy.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
    gate.wait_until_entered(1);
    ClientSocket idle(port);

    std::thread drain([&] { at.server().drain(runtime::Deadline::after(seconds(10))); });
    EXPECT_TRUE(idle.closed_within(std::chrono::seconds(5)));
    EXPECT_THROW(HttpClient(port).get("/slow"), std::runtime_error) << "nothing is accepted any more";
    gate.open();

    std::string buffer;
    const auto response = read_response(busy, buffer);
    EXPECT_EQ(response.body, "finished");
    EXPECT_EQ(response.header("Connection"), "close");
    drain.join();
}

TEST(HttpServerUnderLoad, EndsStalledConnectionsAtTheDeadlineOfTheDrain) {
    TestServer at;
    at.router.get("/hello", Lane::request, answer("hello"));
    ClientSocket stalled(at.start());
    stalled.send("GET /hel");

    at.server().drain(runtime::Deadline::after(milliseconds(50)));

    EXPECT_TRUE(stalled.closed_within(std::chrono::seconds(5)));
}

TEST(HttpServerUnderLoad, ServesFromSeveralIoThreads) {
    TestServer at;
    at.options.io_threads = 2;
    at.router.get("/hello", Lane::request, answer("hello"));
    const auto port = at.start();
    std::vector<std::thread> threads;
    std::atomic<int> good{0};
    for (int t = 0; t < 2; ++t) {
        threads.emplace_back([&] {
            HttpClient client(port);
            for (int i = 0; i < 50; ++i)
                good += client.get("/hello").status == 200 ? 1 : 0;
        });
    }
    for (auto& thread : threads)
        thread.join();
    EXPECT_EQ(good, 100);
}

TEST(HttpServerUnderLoad, SaysWhyItCannotStart) {
    TestServer at;
    const auto port = at.start();
    ServerOptions options;
    options.map_error = testing::map_error;
    const ServerParts parts{at.request_lane, at.compute_lane, at.metrics, at.random, at.clock};
    options.port = port;
    EXPECT_EQ(HttpServer(options, {}, parts).start().error().code, ErrorCode::unavailable);
    options.address = "not an address";
    EXPECT_EQ(HttpServer(options, {}, parts).start().error().code, ErrorCode::invalid_argument);
    options.tls = TlsFiles{"/nowhere/cert.pem", "/nowhere/key.pem"};
    EXPECT_EQ(HttpServer(options, {}, parts).start().error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace countersign::net
