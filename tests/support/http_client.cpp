#include "tests/support/http_client.hpp"

#include <algorithm>
#include <cctype>
#include <stdexcept>

namespace countersign::testing {
namespace {

bool same_name(std::string_view a, std::string_view b) {
    const auto lower = [](unsigned char c) { return std::tolower(c); };
    return std::ranges::equal(a, b, {}, lower, lower);
}

std::string read_until(ClientSocket& socket, std::string& buffer, std::string_view end) {
    for (;;) {
        if (const auto at = buffer.find(end); at != std::string::npos) {
            std::string head = buffer.substr(0, at);
            buffer.erase(0, at + end.size());
            return head;
        }
        const auto part = socket.receive_some();
        if (part.empty()) throw std::runtime_error("the server closed before the end of the head");
        buffer += part;
    }
}

std::string read_exactly(ClientSocket& socket, std::string& buffer, std::size_t size) {
    while (buffer.size() < size) {
        const auto part = socket.receive_some();
        if (part.empty()) throw std::runtime_error("the server closed before the end of the body");
        buffer += part;
    }
    std::string body = buffer.substr(0, size);
    buffer.erase(0, size);
    return body;
}

ClientResponse parse_head(const std::string& head) {
    ClientResponse response;
    if (!head.starts_with("HTTP/1.1 ")) throw std::runtime_error("not an HTTP answer: " + head);
    response.status = std::stoi(head.substr(9, 3));
    std::size_t at = head.find("\r\n");
    while (at != std::string::npos) {
        const auto end = head.find("\r\n", at + 2);
        const auto line = head.substr(at + 2, end == std::string::npos ? end : end - at - 2);
        const auto colon = line.find(':');
        if (colon == std::string::npos) throw std::runtime_error("not a header: " + line);
        const auto value = line.find_first_not_of(' ', colon + 1);
        response.headers.emplace_back(line.substr(0, colon),
                                      value == std::string::npos ? "" : line.substr(value));
        at = end;
    }
    return response;
}

}  // namespace

std::string ClientResponse::header(std::string_view name) const {
    const auto values = all_headers(name);
    return values.empty() ? std::string() : values.front();
}

bool ClientResponse::has_header(std::string_view name) const {
    return !all_headers(name).empty();
}

std::vector<std::string> ClientResponse::all_headers(std::string_view name) const {
    std::vector<std::string> values;
    for (const auto& [key, value] : headers) {
        if (same_name(key, name)) values.push_back(value);
    }
    return values;
}

ClientResponse read_response(ClientSocket& socket, std::string& buffer, bool is_head) {
    ClientResponse response;
    do {
        response = parse_head(read_until(socket, buffer, "\r\n\r\n"));
    } while (response.status == 100);
    const auto length = response.header("Content-Length");
    if (!is_head && !length.empty()) response.body = read_exactly(socket, buffer, std::stoul(length));
    return response;
}

ClientResponse HttpClient::get(const std::string& target, const ClientHeaders& headers) {
    return request("GET", target, headers, {});
}

ClientResponse HttpClient::post(const std::string& target, std::string_view body,
                                const ClientHeaders& headers) {
    return request("POST", target, headers, body);
}

ClientResponse HttpClient::post_json(const std::string& target, std::string_view body,
                                     ClientHeaders headers) {
    headers.emplace_back("Content-Type", "application/json");
    return request("POST", target, headers, body);
}

ClientResponse HttpClient::post_form(const std::string& target, std::string_view body,
                                     ClientHeaders headers) {
    headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    return request("POST", target, headers, body);
}

ClientResponse HttpClient::request(std::string_view method, const std::string& target,
                                   const ClientHeaders& headers, std::string_view body) {
    if (!socket_) {
        socket_.emplace(port_, tls_);
        buffer_.clear();
        ++opened_;
    }
    const auto host = host_.empty() ? "127.0.0.1:" + std::to_string(port_) : host_;
    std::string text = std::string(method) + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\n";
    for (const auto& [name, value] : headers)
        text += name + ": " + value + "\r\n";
    std::string jar;
    for (const auto& [name, value] : cookies_)
        jar += (jar.empty() ? "" : "; ") + name + "=" + value;
    if (!jar.empty()) text += "Cookie: " + jar + "\r\n";
    if (!body.empty() || method == "POST") text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    text += "\r\n";
    text += body;
    socket_->send(text);
    auto response = read_response(*socket_, buffer_, method == "HEAD");
    keep_cookies(response);
    if (response.header("Connection") == "close") socket_.reset();
    return response;
}

void HttpClient::keep_cookies(const ClientResponse& response) {
    for (const auto& cookie : response.all_headers("Set-Cookie")) {
        const auto equals = cookie.find('=');
        const auto end = std::min(cookie.find(';'), cookie.size());
        const auto name = cookie.substr(0, equals);
        if (cookie.find("Max-Age=0") != std::string::npos) {
            cookies_.erase(name);
        } else {
            cookies_[name] = cookie.substr(equals + 1, end - equals - 1);
        }
    }
}

}  // namespace countersign::testing
