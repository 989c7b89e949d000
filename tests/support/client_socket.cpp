#include "tests/support/client_socket.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace countersign::testing {
namespace {

constexpr timeval kTimeout{10, 0};

[[noreturn]] void raise(const std::string& what) {
    throw std::runtime_error(what + ": " + std::strerror(errno));
}

SSL_CTX* client_context() {
    static SSL_CTX* const context = [] {
        signal(SIGPIPE, SIG_IGN);  // OpenSSL writes without MSG_NOSIGNAL
        return SSL_CTX_new(TLS_client_method());
    }();
    return context;
}

}  // namespace

struct ClientSocket::State {
    State() : fd(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        if (fd < 0) raise("socket");
        const int yes = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &kTimeout, sizeof kTimeout);
        setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &kTimeout, sizeof kTimeout);
    }
    ~State() {
        SSL_free(ssl);
        close(fd);
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    int fd;
    SSL* ssl{nullptr};
};

ClientSocket::ClientSocket(std::uint16_t port, Tls tls) : state_(std::make_unique<State>()) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(state_->fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        raise("connect");
    if (tls == Tls::no) return;
    state_->ssl = SSL_new(client_context());
    SSL_set_fd(state_->ssl, state_->fd);
    if (SSL_connect(state_->ssl) != 1) raise("TLS handshake");
}

ClientSocket::~ClientSocket() = default;
ClientSocket::ClientSocket(ClientSocket&&) noexcept = default;
ClientSocket& ClientSocket::operator=(ClientSocket&&) noexcept = default;

void ClientSocket::send(std::string_view data) {
    while (!data.empty()) {
        const auto sent =
            state_->ssl != nullptr
                ? static_cast<ssize_t>(SSL_write(state_->ssl, data.data(), static_cast<int>(data.size())))
                : ::send(state_->fd, data.data(), data.size(), MSG_NOSIGNAL);
        if (sent <= 0) raise("send");
        data.remove_prefix(static_cast<std::size_t>(sent));
    }
}

std::string ClientSocket::receive_some() {
    std::array<char, 16384> data{};
    if (state_->ssl != nullptr) {
        const int got = SSL_read(state_->ssl, data.data(), static_cast<int>(data.size()));
        if (got > 0) return {data.data(), static_cast<std::size_t>(got)};
        if (SSL_get_error(state_->ssl, got) == SSL_ERROR_ZERO_RETURN) return {};
        raise("TLS receive");
    }
    const auto got = recv(state_->fd, data.data(), data.size(), 0);
    if (got < 0) raise("receive");
    return {data.data(), static_cast<std::size_t>(got)};
}

std::string ClientSocket::receive_all() {
    std::string all;
    try {
        for (std::string part = receive_some(); !part.empty(); part = receive_some())
            all += part;
    } catch (const std::runtime_error&) {
        if (errno != ECONNRESET) throw;
    }
    return all;
}

void ClientSocket::end_sending() {
    shutdown(state_->fd, SHUT_WR);
}

bool ClientSocket::closed_within(std::chrono::milliseconds time) {
    pollfd watched{state_->fd, POLLIN, 0};
    if (poll(&watched, 1, static_cast<int>(time.count())) != 1) return false;
    char byte = 0;
    return recv(state_->fd, &byte, 1, 0) <= 0;
}

std::string ClientSocket::tls_version() const {
    return state_->ssl == nullptr ? std::string() : SSL_get_version(state_->ssl);
}

}  // namespace countersign::testing
