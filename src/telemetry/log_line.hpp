#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

#include "base/time.hpp"

namespace countersign::telemetry::log {

enum class Level { debug, info, warning, error };

std::string_view to_string(Level level);

/// The value of one field. Only these kinds can be logged: SecretBytes, templates and pictures have no way
/// in. A text is looked at only during the call.
class Value {
public:
    Value(std::string_view text) : value_(text) {}
    Value(const char* text) : value_(std::string_view(text)) {}
    Value(const std::string& text) : value_(std::string_view(text)) {}
    Value(bool flag) : value_(flag) {}
    Value(double number) : value_(number) {}
    template <std::integral T>
        requires(!std::same_as<T, bool>)
    Value(T number) : value_(static_cast<std::int64_t>(number)) {}

    void append_to(std::string& line) const;

private:
    std::variant<std::string_view, bool, double, std::int64_t> value_;
};

struct Field {
    std::string_view key;
    Value value;
};

/// No line is longer than this many bytes, its line feed included.
constexpr std::size_t kMaxLineBytes = 1024;

/// What every line starts with. `request_id` may be empty.
struct LineHead {
    UnixMicros time;
    Level level{Level::info};
    std::string_view name;
    std::string_view request_id;
};

/// Makes one JSON line: `{"time":…,"level":…,"event":…,"request_id":…,<fields>}` and a line feed.
///
/// Control characters, quotes and bytes outside ASCII that are not UTF-8 are escaped or replaced, so a
/// hostile value can neither add a line nor a field. Fields that do not fit are left out and
/// `"truncated":true` says so.
std::string make_line(const LineHead& head, std::initializer_list<Field> fields);

}  // namespace countersign::telemetry::log
