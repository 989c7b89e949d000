#include "net/request.hpp"

#include <algorithm>

#include "net/field_list.hpp"

namespace countersign::net {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

enum class Plus { stays, is_space };

Result<std::string> decode(std::string_view encoded, Plus plus) {
    std::string text;
    text.reserve(encoded.size());
    for (std::size_t i = 0; i < encoded.size(); ++i) {
        char c = encoded[i];
        if (c == '%') {
            const int high = i + 1 < encoded.size() ? hex_digit(encoded[i + 1]) : -1;
            const int low = i + 2 < encoded.size() ? hex_digit(encoded[i + 2]) : -1;
            if (high < 0 || low < 0) return fail(ErrorCode::invalid_argument, "broken percent escape");
            c = static_cast<char>(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus == Plus::is_space) {
            c = ' ';
        }
        if (c == '\0') return fail(ErrorCode::invalid_argument, "NUL in a parameter");
        text += c;
    }
    return text;
}

}  // namespace

std::string_view to_string(Method method) {
    switch (method) {
        case Method::get:
            return "GET";
        case Method::head:
            return "HEAD";
        case Method::post:
            return "POST";
        case Method::put:
            return "PUT";
        case Method::patch:
            return "PATCH";
        case Method::delete_:
            return "DELETE";
        case Method::options:
            return "OPTIONS";
        case Method::other:
            return "OTHER";
    }
    return "OTHER";
}

Result<std::string> percent_decode(std::string_view encoded) {
    return decode(encoded, Plus::stays);
}

Result<Parameters> parse_parameters(std::string_view encoded) {
    Parameters parameters;
    while (!encoded.empty()) {
        const auto end = std::min(encoded.find('&'), encoded.size());
        const auto pair = encoded.substr(0, end);
        encoded.remove_prefix(std::min(end + 1, encoded.size()));
        if (pair.empty()) continue;
        const auto equals = std::min(pair.find('='), pair.size());
        auto name = CS_TRY(decode(pair.substr(0, equals), Plus::is_space));
        auto value = CS_TRY(decode(pair.substr(std::min(equals + 1, pair.size())), Plus::is_space));
        parameters.emplace_back(std::move(name), std::move(value));
    }
    return parameters;
}

Result<std::string> Request::path_param(std::string_view name) const {
    const auto found = path_params.find(name);
    if (found == path_params.end())
        return fail(ErrorCode::invalid_argument, "the path has no such parameter");
    return found->second;
}

Result<std::optional<std::string>> Request::find_query_param(std::string_view name) const {
    std::optional<std::string> value;
    for (const auto& [key, text] : query) {
        if (key != name) continue;
        if (value) return fail(ErrorCode::invalid_argument, fmt::format("query parameter {} repeated", name));
        value = text;
    }
    return value;
}

Result<std::string> Request::query_param(std::string_view name) const {
    auto value = CS_TRY(find_query_param(name));
    if (!value) return fail(ErrorCode::invalid_argument, fmt::format("query parameter {} missing", name));
    return *std::move(value);
}

std::optional<std::string_view> Request::cookie(std::string_view name) const {
    std::optional<std::string_view> value;
    for (std::string_view rest : headers.all("Cookie")) {
        while (!rest.empty()) {
            const auto end = std::min(rest.find(';'), rest.size());
            const auto pair = trim(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
            const auto equals = pair.find('=');
            if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
            if (value) return std::nullopt;
            value = pair.substr(equals + 1);
        }
    }
    return value;
}

Result<Parameters> Request::form() const {
    const auto type = header("Content-Type").value_or("");
    if (!same_header_name(trim(type.substr(0, type.find(';'))), "application/x-www-form-urlencoded")) {
        return fail(ErrorCode::invalid_argument, "not a form");
    }
    return parse_parameters(text());
}

}  // namespace countersign::net
