#pragma once

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/guarded.hpp"
#include "net/server.hpp"
#include "telemetry/log.hpp"
#include "tests/support/fakes.hpp"

namespace countersign::net::testing {

/// A mapper as api has one, reduced to what the tests look at.
inline Response map_error(const Error& error, const Context& context) {
    const auto status = [&] {
        switch (error.code) {
            case ErrorCode::invalid_argument:
                return HttpStatus::bad_request;
            case ErrorCode::forbidden:
                return HttpStatus::forbidden;
            case ErrorCode::not_found:
                return HttpStatus::not_found;
            case ErrorCode::payload_too_large:
                return HttpStatus::content_too_large;
            case ErrorCode::queue_full:
                return HttpStatus::service_unavailable;
            case ErrorCode::deadline_exceeded:
                return HttpStatus::gateway_timeout;
            default:
                return HttpStatus::internal_server_error;
        }
    }();
    return Response::json(status, {{"code", to_string(error.code)}, {"reference", context.request_id}});
}

/// A door that handlers wait at until the test opens it.
class Gate {
public:
    void enter() {
        entered_.lock()->emplace_back();
        opened_.wait();
    }
    void open() { promise_.set_value(); }
    void wait_until_entered(std::size_t times) {
        while (entered_.lock()->size() < times)
            std::this_thread::yield();
    }

private:
    std::promise<void> promise_;
    std::shared_future<void> opened_{promise_.get_future().share()};
    Guarded<std::vector<char>> entered_;
};

/// A server on a free port with small lanes, and its log lines.
class TestServer {
public:
    TestServer() {
        telemetry::log::start(telemetry::log::Level::info,
                              [this](std::string_view line) { lines_.lock()->emplace_back(line); });
        options.map_error = map_error;
    }
    ~TestServer() {
        server_.reset();
        telemetry::log::stop();
    }

    std::uint16_t start() {
        server_ = std::make_unique<HttpServer>(
            options, std::move(router), ServerParts{request_lane, compute_lane, metrics, random, clock});
        const auto started = server_->start();
        EXPECT_TRUE(started) << started.error().detail;
        return server_->port();
    }
    HttpServer& server() { return *server_; }

    std::vector<std::string> log_lines() {
        telemetry::log::flush();
        return *lines_.lock();
    }

    ServerOptions options;
    Router router;
    telemetry::Metrics metrics;
    runtime::Lane request_lane{{.name = "request", .threads = 2, .max_tasks = 4, .max_bytes = 1'000'000},
                               metrics};
    runtime::Lane compute_lane{{.name = "compute", .threads = 1, .max_tasks = 2, .max_bytes = 1'000'000},
                               metrics};
    SystemRandom random;
    countersign::testing::FakeClock clock;

private:
    Guarded<std::vector<std::string>> lines_;
    std::unique_ptr<HttpServer> server_;
};

inline Handler answer(std::string text) {
    return
        [text](const Request&, Context&) -> Result<Response> { return Response::text(HttpStatus::ok, text); };
}

}  // namespace countersign::net::testing
