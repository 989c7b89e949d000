#include "domain/integration/return_domain.hpp"

#include <algorithm>

namespace countersign::domain {
namespace {

constexpr std::string_view kLoopbackHosts[] = {"127.0.0.1", "[::1]"};

bool is_lower_alnum(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/// RFC 1123 label, without the "??--" forms that stand for another alphabet.
bool is_label(std::string_view label) {
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
    if (label.size() > 3 && label[2] == '-' && label[3] == '-') return false;
    return std::all_of(label.begin(), label.end(), [](char c) { return is_lower_alnum(c) || c == '-'; });
}

/// A last label that starts with a digit would be read as an address by browsers ("127.1", "0x7f.1").
bool is_dns_name(std::string_view host) {
    if (host.size() > 253) return false;
    int labels = 0;
    std::string_view last;
    while (true) {
        const auto dot = host.find('.');
        last = host.substr(0, dot);
        if (!is_label(last)) return false;
        ++labels;
        if (dot == std::string_view::npos) break;
        host.remove_prefix(dot + 1);
    }
    return labels >= 2 && last.size() >= 2 && last.front() >= 'a' && last.front() <= 'z';
}

bool is_port(std::string_view text) {
    if (text.empty() || text.size() > 5 || text.front() == '0') return false;
    int port = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return false;
        port = port * 10 + (c - '0');
    }
    return port <= 65535;
}

}  // namespace

bool is_loopback_domain(std::string_view domain) {
    for (const auto host : kLoopbackHosts) {
        if (domain == host) return true;
        if (domain.starts_with(host) && domain[host.size()] == ':' &&
            is_port(domain.substr(host.size() + 1))) {
            return true;
        }
    }
    return false;
}

Result<std::string> parse_return_domain(std::string_view text, bool allow_loopback) {
    std::string lower(text);
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    if (is_loopback_domain(lower)) {
        if (allow_loopback) return lower;
        return fail(ErrorCode::invalid_argument,
                    "a loopback return domain needs the insecure-loopback switch of the integration");
    }
    if (is_dns_name(lower)) return lower;
    return fail(ErrorCode::invalid_argument,
                "a return domain is a bare host name such as tenant.eu.auth0.com: no scheme, port, path, "
                "wildcard or address");
}

std::optional<std::string> match_return_domain(const std::vector<std::string>& registered,
                                               std::string_view issuer) {
    for (const auto& domain : registered) {
        if (domain == issuer) return domain;
    }
    const bool bare_loopback = std::ranges::find(kLoopbackHosts, issuer) != std::end(kLoopbackHosts);
    if (!bare_loopback) return std::nullopt;
    std::optional<std::string> found;
    for (const auto& domain : registered) {
        if (!is_loopback_domain(domain) || !domain.starts_with(issuer)) continue;
        if (found) return std::nullopt;  // two ports: the issuer does not say which
        found = domain;
    }
    return found;
}

std::string continue_url(std::string_view domain) {
    return fmt::format("{}://{}/continue", is_loopback_domain(domain) ? "http" : "https", domain);
}

}  // namespace countersign::domain
