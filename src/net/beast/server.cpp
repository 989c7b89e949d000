#include "net/server.hpp"

#include <atomic>
#include <future>
#include <mutex>
#include <thread>

#include "net/beast/edge.hpp"
#include "net/beast/http_session.hpp"
#include "net/beast/tls.hpp"
#include "telemetry/log.hpp"

namespace countersign::net {

namespace log = telemetry::log;

namespace {

constexpr auto kAcceptPause = std::chrono::milliseconds(100);  // after an error such as "too many open files"

/// One io_context with one thread: what happens on it needs no lock.
struct IoThread {
    asio::io_context context{1};
    asio::executor_work_guard<asio::io_context::executor_type> work{context.get_executor()};
    std::thread thread;
};

constexpr Micros kAbortRound = milliseconds(200);

}  // namespace

struct HttpServer::State {
    State(ServerOptions options, Router router, ServerParts parts)
        : edge(std::move(options), std::move(router), parts) {}

    Result<void> listen();
    void accept();
    void on_accepted(error_code error, tcp::socket peer);
    void start_session(tcp::socket peer);
    void stop_accepting();
    void stop();

    Edge edge;
    std::atomic<std::uint16_t> port{0};
    std::mutex tls_mutex;
    std::shared_ptr<asio::ssl::context> tls;  // replaced by reload_tls()
    std::vector<std::unique_ptr<IoThread>> io;
    std::optional<tcp::acceptor> acceptor;  // on the first I/O thread
    std::optional<asio::steady_timer> pause;
    std::size_t next_io{0};
};

Result<void> HttpServer::State::listen() {
    const auto& options = edge.options;
    error_code error;
    const auto address = asio::ip::make_address(options.address, error);
    if (error) return fail(ErrorCode::invalid_argument, "not a numeric address: " + options.address);
    const tcp::endpoint endpoint(address, options.port);
    acceptor.emplace(io.front()->context);
    pause.emplace(io.front()->context);
    acceptor->open(endpoint.protocol(), error);
    if (!error) acceptor->set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor->bind(endpoint, error);
    if (!error) acceptor->listen(asio::socket_base::max_listen_connections, error);
    if (error) {
        return fail(ErrorCode::unavailable, fmt::format("cannot listen on {}:{}: {}", options.address,
                                                        options.port, error.message()));
    }
    port = acceptor->local_endpoint().port();
    return {};
}

void HttpServer::State::accept() {
    next_io = (next_io + 1) % io.size();
    acceptor->async_accept(io[next_io]->context, [this](error_code error, tcp::socket peer) {
        on_accepted(error, std::move(peer));
    });
}

void HttpServer::State::on_accepted(error_code error, tcp::socket peer) {
    if (!acceptor->is_open()) return;
    if (error) {
        log::event(log::Level::warning, "http.accept_failed", {{"reason", error.message()}});
        pause->expires_after(kAcceptPause);
        pause->async_wait([this](error_code) {
            if (acceptor->is_open()) accept();
        });
        return;
    }
    if (edge.connections.has_room()) start_session(std::move(peer));  // else its destructor closes it
    accept();
}

void HttpServer::State::start_session(tcp::socket peer) {
    error_code ignored;
    peer.set_option(tcp::no_delay(true), ignored);
    const auto start = [this](auto session) {
        edge.connections.add(session);
        session->start();
    };
    std::shared_ptr<asio::ssl::context> context;
    {
        const std::lock_guard lock(tls_mutex);
        context = tls;
    }
    if (context) {
        start(std::make_shared<HttpSession<TlsStream>>(TlsStream(std::move(peer), *context), edge));
    } else {
        start(std::make_shared<HttpSession<PlainStream>>(PlainStream(std::move(peer)), edge));
    }
}

/// Returns when no further connection can come.
void HttpServer::State::stop_accepting() {
    const auto closed = std::make_shared<std::promise<void>>();
    asio::post(io.front()->context, [this, closed] {
        error_code ignored;
        acceptor->close(ignored);
        pause->cancel();
        closed->set_value();
    });
    closed->get_future().wait();
}

void HttpServer::State::stop() {
    for (auto& each : io)
        each->work.reset();
    for (auto& each : io) {
        if (each->thread.joinable()) each->thread.join();
    }
    acceptor.reset();
    pause.reset();
    io.clear();
}

HttpServer::HttpServer(ServerOptions options, Router router, ServerParts parts)
    : state_(std::make_unique<State>(std::move(options), std::move(router), parts)) {
    CS_CHECK(state_->edge.options.io_threads > 0);
}

HttpServer::~HttpServer() {
    drain(runtime::Deadline::after(Micros{0}));
}

Result<void> HttpServer::start() {
    CS_CHECK(state_->io.empty());
    if (state_->edge.options.tls) CS_TRY(reload_tls());
    for (unsigned i = 0; i < state_->edge.options.io_threads; ++i)
        state_->io.push_back(std::make_unique<IoThread>());
    if (auto listening = state_->listen(); !listening) {
        state_->stop();
        return listening;
    }
    state_->accept();
    for (auto& io : state_->io)
        io->thread = std::thread([context = &io->context] { context->run(); });
    log::event(
        log::Level::info, "http.listening",
        {{"server", state_->edge.options.name}, {"address", state_->edge.options.address}, {"port", port()}});
    return {};
}

std::uint16_t HttpServer::port() const {
    return state_->port;
}

Result<void> HttpServer::reload_tls() {
    if (!state_->edge.options.tls) return {};
    auto context = CS_TRY(make_tls_context(*state_->edge.options.tls));
    const std::lock_guard lock(state_->tls_mutex);
    state_->tls = std::move(context);
    return {};
}

void HttpServer::drain(runtime::Deadline deadline) {
    if (state_->io.empty()) return;
    auto& connections = state_->edge.connections;
    connections.finish_up_all();  // first, so that no answer from now on promises to keep its connection open
    state_->stop_accepting();
    bool empty = connections.wait_until_empty(deadline);
    // Past the deadline only handlers that are running now are waited for: they use what is destroyed after
    // us.
    while (!empty) {
        connections.abort_all();
        empty = connections.wait_until_empty(runtime::Deadline::after(kAbortRound));
    }
    state_->stop();
}

}  // namespace countersign::net
