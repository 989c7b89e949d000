#include "net/server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "net/test_server.hpp"
#include "tests/support/http_client.hpp"

namespace countersign::net {
namespace {

using countersign::testing::ClientSocket;
using countersign::testing::HttpClient;
using countersign::testing::read_response;
using ::testing::AllOf;
using testing::answer;
using ::testing::Contains;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::TestServer;

Handler echo() {
    return [](const Request& request, Context&) -> Result<Response> {
        return Response::bytes(HttpStatus::ok, "application/octet-stream", request.body);
    };
}

TEST(HttpServer, KeepsAConnectionForSeveralRequests) {
    TestServer at;
    at.router.get("/hello", Lane::request, answer("hello")).post("/echo", Lane::compute, echo());
    HttpClient client(at.start());

    EXPECT_EQ(client.get("/hello").body, "hello");
    EXPECT_EQ(client.post("/echo", "some bytes").body, "some bytes");
    EXPECT_EQ(client.get("/hello").body, "hello");

    EXPECT_EQ(client.connections_opened(), 1);
}

TEST(HttpServer, SendsDateAndLengthButNoServerHeader) {
    TestServer at;
    at.router.get("/hello", Lane::inline_, answer("hello"));
    HttpClient client(at.start());

    const auto response = client.get("/hello");

    EXPECT_EQ(response.header("Date"), "Sun, 01 Mar 2026 09:00:00 GMT");
    EXPECT_EQ(response.header("Content-Length"), "5");
    EXPECT_FALSE(response.has_header("Server"));
}

TEST(HttpServer, AnswersHeadWithTheLengthAndNoBody) {
    TestServer at;
    at.router.get("/hello", Lane::request, answer("hello"));
    HttpClient client(at.start());

    const auto response = client.request("HEAD", "/hello", {}, {});

    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.header("Content-Length"), "5");
    EXPECT_EQ(client.get("/hello").body, "hello") << "the connection is still in step";
}

TEST(HttpServer, AnswersPipelinedRequestsInOrder) {
    TestServer at;
    at.router.get("/n/{n}", Lane::request, [](const Request& request, Context&) -> Result<Response> {
        auto n = CS_TRY(request.path_param("n"));
        return Response::text(HttpStatus::ok, n);
    });
    ClientSocket socket(at.start());

    std::string requests;
    for (int n = 0; n < 10; ++n)
        requests += "GET /n/" + std::to_string(n) + " HTTP/1.1\r\nHost: a\r\n\r\n";
    socket.send(requests);

    std::string buffer;
    for (int n = 0; n < 10; ++n)
        EXPECT_EQ(read_response(socket, buffer).body, std::to_string(n));
}

TEST(HttpServer, GivesHandlersTheDecodedRequest) {
    TestServer at;
    at.router.post("/x/{id}", Lane::request,
                   [](const Request& request, Context& context) -> Result<Response> {
                       auto id = CS_TRY(request.path_param("id"));
                       auto state = CS_TRY(request.query_param("state"));
                       const auto cookie = request.cookie("a").value_or("none");
                       return Response::text(
                           HttpStatus::ok, fmt::format("{} {} {} {} {} {}", id, state, cookie, request.text(),
                                                       context.route, context.peer_address));
                   });
    HttpClient client(at.start());
    client.cookies()["a"] = "1";

    EXPECT_EQ(client.post("/x/auth0%7Ca?state=a%26b", "body").body, "auth0|a a&b 1 body /x/{id} 127.0.0.1");
    EXPECT_EQ(client.post("/x/1?state=%zz", "").status, 400);
}

TEST(HttpServer, Answers404And405WithAllow) {
    TestServer at;
    at.router.get("/hello", Lane::request, answer("hello"));
    HttpClient client(at.start());

    EXPECT_EQ(client.get("/none").status, 404);
    const auto wrong = client.post("/hello", "x");
    EXPECT_EQ(wrong.status, 405);
    EXPECT_EQ(wrong.header("Allow"), "GET, HEAD");
    EXPECT_EQ(client.request("BREW", "/hello", {}, {}).status, 405);
}

TEST(HttpServer, RefusesABodyAboveTheLimitOfTheRoute) {
    TestServer at;
    at.router.post("/echo", Lane::request, echo(), {.max_body_bytes = 10});
    const auto port = at.start();
    HttpClient client(port);

    EXPECT_EQ(client.post("/echo", std::string(10, 'x')).status, 200);
    EXPECT_EQ(client.post("/echo", std::string(11, 'x')).status, 413);
    EXPECT_EQ(client.post("/echo", std::string(500'000, 'x')).status, 413)
        << "and is not cut off before it reads it";
    ClientSocket chunked(port);
    chunked.send(
        "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        "8\r\nxxxxxxxx\r\n8\r\nxxxxxxxx\r\n0\r\n\r\n");
    EXPECT_THAT(chunked.receive_all(), HasSubstr("HTTP/1.1 413"));
}

TEST(HttpServer, AnswersExpect100BeforeTheBody) {
    TestServer at;
    at.router.post("/echo", Lane::request, echo());
    ClientSocket socket(at.start());
    socket.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");

    EXPECT_EQ(socket.receive_some(), "HTTP/1.1 100 Continue\r\n\r\n");
    socket.send("ab");
    std::string buffer;
    EXPECT_EQ(read_response(socket, buffer).body, "ab");
}

TEST(HttpServer, Answers431ToAHeaderAboveTheLimit) {
    TestServer at;
    at.router.get("/hello", Lane::request, answer("hello"));
    ClientSocket socket(at.start());
    socket.send("GET /hello HTTP/1.1\r\nHost: a\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n");
    EXPECT_THAT(socket.receive_all(), HasSubstr("HTTP/1.1 431"));
}

TEST(HttpServer, RefusesMalformedRequestsAndGoesOnServing) {
    TestServer at;
    at.router.post("/echo", Lane::request, echo()).get("/hello", Lane::request, answer("hello"));
    const auto port = at.start();
    const std::string post = "POST /echo HTTP/1.1\r\nHost: a\r\n";
    for (const std::string& bad : {
             std::string("nonsense\r\n\r\n"),
             std::string("GET /hello HTTP/1.1\r\n\r\n"),                        // no Host
             std::string("GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),  // two
             std::string("GET http://a/hello HTTP/1.1\r\nHost: a\r\n\r\n"),     // proxy form
             std::string("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"),
             std::string("GET /hello HTTP/2.0\r\nHost: a\r\n\r\n"),
             std::string("GET /hello HTTP/1.1\r\nHost: a\r\nBad Name: x\r\n\r\n"),
             std::string("GET /hello HTTP/1.1\r\nHost: a\r\nX: a\x01 b\r\n\r\n"),
             std::string("GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n"),
             std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11),  // a TLS hello
             post + "Content-Length: 5, 6\r\n\r\nhello",
             post + "Content-Length: -1\r\n\r\n",
             post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",  // smuggling
             post + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nhello",
             post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
         }) {
        ClientSocket socket(port);
        socket.send(bad);
        std::string buffer;
        EXPECT_EQ(read_response(socket, buffer).status, 400) << bad;
    }
    EXPECT_EQ(HttpClient(port).get("/hello").status, 200);
}

TEST(HttpServer, Answers500WhenAHandlerThrowsOrSmugglesAHeader) {
    TestServer at;
    at.router
        .get("/throws", Lane::request,
             [](const Request&, Context&) -> Result<Response> { throw std::runtime_error("broken"); })
        .get("/smuggles", Lane::request, [](const Request&, Context&) -> Result<Response> {
            auto response = Response::no_content();
            response.set_header("Location", "/a\r\nSet-Cookie: x=1");
            return response;
        });
    HttpClient client(at.start());

    const auto thrown = client.get("/throws");
    const auto smuggled = client.get("/smuggles");

    EXPECT_EQ(thrown.status, 500);
    EXPECT_THAT(thrown.body, Not(HasSubstr("broken")));
    EXPECT_EQ(smuggled.status, 500);
    EXPECT_FALSE(smuggled.has_header("Set-Cookie"));
}

TEST(HttpServer, LetsTheHookSeeEveryAnswer) {
    TestServer at;
    at.options.finish = [](const Request&, const Context& context, Response& response) {
        response.set_header("X-Route", std::string(context.route));
        response.set_header("X-Content-Type-Options", "nosniff");
    };
    at.router.get("/hello", Lane::request, answer("hello"));
    const auto port = at.start();
    HttpClient client(port);

    EXPECT_EQ(client.get("/hello").header("X-Route"), "/hello");
    EXPECT_EQ(client.get("/none").header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(client.post("/hello", "").header("X-Content-Type-Options"), "nosniff");
    ClientSocket malformed(port);
    malformed.send("nonsense\r\n\r\n");
    EXPECT_THAT(malformed.receive_all(), HasSubstr("nosniff"));
}

TEST(HttpServer, BelievesForwardedHeadersOfTrustedProxiesOnly) {
    const auto peer = [](const Request&, Context& context) -> Result<Response> {
        return Response::text(HttpStatus::ok, context.peer_address + (context.secure ? " secure" : " plain"));
    };
    const countersign::testing::ClientHeaders forwarded{{"X-Forwarded-For", "6.6.6.6, 9.9.9.9"},
                                                        {"X-Forwarded-Proto", "https"}};
    {
        TestServer at;
        at.router.get("/peer", Lane::inline_, peer);
        EXPECT_EQ(HttpClient(at.start()).get("/peer", forwarded).body, "127.0.0.1 plain");
    }
    TestServer at;
    at.options.trusted_proxies = {"127.0.0.1"};
    at.router.get("/peer", Lane::inline_, peer);
    EXPECT_EQ(HttpClient(at.start()).get("/peer", forwarded).body, "9.9.9.9 secure");
}

TEST(HttpServer, LogsPatternAndIdButNeverQueryCookieOrPath) {
    TestServer at;
    std::set<std::string> ids;
    at.router.get("/v/{verification}", Lane::inline_,
                  [&](const Request&, Context& context) -> Result<Response> {
                      ids.insert(context.request_id);
                      return Response::no_content();
                  });
    HttpClient client(at.start());
    client.cookies()["__Host-cap"] = "cookie-secret";
    for (int i = 0; i < 20; ++i)
        client.get("/v/path-secret?session_token=query-secret");
    client.get("/nowhere?session_token=query-secret");
    at.server().drain(runtime::Deadline::after(seconds(5)));

    const auto lines = at.log_lines();

    EXPECT_EQ(ids.size(), 20U) << "every request has an id of its own";
    EXPECT_THAT(lines, Each(Not(HasSubstr("secret"))));
    EXPECT_THAT(lines,
                Contains(AllOf(HasSubstr("\"event\":\"http.request\""), HasSubstr("\"method\":\"GET\""),
                               HasSubstr("\"route\":\"/v/{verification}\""), HasSubstr("\"status\":204"),
                               HasSubstr("\"request_id\":\"" + *ids.begin()))));
    EXPECT_THAT(at.metrics.render(),
                HasSubstr("countersign_http_requests_total{method=\"GET\",route=\"/v/{verification}\","
                          "server=\"public\",status=\"2xx\"} 20\n"));
}

}  // namespace
}  // namespace countersign::net
