#include "telemetry/log_line.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/result.hpp"

namespace countersign::telemetry::log {
namespace {

/// Length of the well-formed UTF-8 sequence at `text[at]`, 0 when it is not one (RFC 3629).
std::size_t utf8_length(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(at);
    const std::size_t length = first < 0x80                     ? 1
                               : first >= 0xC2 && first <= 0xDF ? 2
                               : first >= 0xE0 && first <= 0xEF ? 3
                               : first >= 0xF0 && first <= 0xF4 ? 4
                                                                : 0;
    if (length == 0 || at + length > text.size()) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0U) != 0x80U) return 0;
    }
    if (length >= 3) {
        const unsigned char second = byte(at + 1);
        if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F)) return 0;
        if ((first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F)) return 0;
    }
    return length;
}

void append_text(std::string& line, std::string_view text) {
    line += '"';
    for (std::size_t at = 0; at < text.size();) {
        const auto first = static_cast<unsigned char>(text[at]);
        const std::size_t length = utf8_length(text, at);
        if (length == 0) {
            line += "\\ufffd";
        } else if (first == '"' || first == '\\') {
            line += '\\';
            line += text[at];
        } else if (first < 0x20 || first == 0x7F) {
            line += fmt::format("\\u{:04x}", first);
        } else if (length == 2 && first == 0xC2 && static_cast<unsigned char>(text[at + 1]) < 0xA0) {
            line += fmt::format("\\u{:04x}", static_cast<unsigned char>(text[at + 1]));  // C1 controls
        } else {
            line += text.substr(at, length);
        }
        at += length == 0 ? 1 : length;
    }
    line += '"';
}

constexpr std::string_view kTruncated = R"(,"truncated":true)";
constexpr std::size_t kTail = kTruncated.size() + 2;  // the brace and the line feed

/// Adds `,"key":value`; takes it back and returns false when the line would become too long.
bool append_field(std::string& line, std::string_view key, const Value& value) {
    const std::size_t before = line.size();
    line += ',';
    append_text(line, key);
    line += ':';
    value.append_to(line);
    if (line.size() + kTail <= kMaxLineBytes) return true;
    line.resize(before);
    return false;
}

}  // namespace

std::string_view to_string(Level level) {
    switch (level) {
        case Level::debug:
            return "debug";
        case Level::info:
            return "info";
        case Level::warning:
            return "warning";
        case Level::error:
            return "error";
    }
    return "error";
}

void Value::append_to(std::string& line) const {
    if (const auto* text = std::get_if<std::string_view>(&value_)) {
        // A longer text cannot fit anyway; cutting it first bounds the work of escaping.
        append_text(line, text->substr(0, kMaxLineBytes));
    } else if (const auto* flag = std::get_if<bool>(&value_)) {
        line += *flag ? "true" : "false";
    } else if (const auto* number = std::get_if<double>(&value_)) {
        line += std::isfinite(*number) ? fmt::format("{}", *number) : "null";  // JSON has no infinity
    } else {
        line += fmt::format("{}", std::get<std::int64_t>(value_));
    }
}

std::string make_line(const LineHead& head, std::initializer_list<Field> fields) {
    std::string line =
        fmt::format(R"({{"time":"{}","level":"{}")", to_rfc3339(head.time), to_string(head.level));
    bool complete = append_field(line, "event", head.name);
    if (!head.request_id.empty()) complete = append_field(line, "request_id", head.request_id) && complete;
    for (const Field& field : fields)
        complete = append_field(line, field.key, field.value) && complete;
    if (!complete) line += kTruncated;
    line += "}\n";
    return line;
}

}  // namespace countersign::telemetry::log
