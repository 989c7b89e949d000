#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "base/time.hpp"

namespace countersign::store {

/// One cell: NULL, 64-bit integer, text or bytes. The conversions are implicit, so that a parameter list
/// reads like the columns it fills: `{tenant, external_id, clock.now(), true,
/// std::optional<std::int64_t>{}}`.
class Value {
public:
    Value() = default;
    Value(std::nullptr_t) {}
    template <std::integral T>
    Value(T number) : data_(static_cast<std::int64_t>(number)) {}
    Value(const char* text) : data_(std::string(text)) {}
    Value(std::string text) : data_(std::move(text)) {}
    Value(std::string_view text) : data_(std::string(text)) {}
    Value(Bytes bytes) : data_(std::move(bytes)) {}
    Value(ByteView bytes) : data_(Bytes(bytes.begin(), bytes.end())) {}
    Value(UnixMicros time) : data_(time.value) {}
    template <class Tag>
    Value(const Id<Tag>& id) : data_(id.text()) {}
    template <class T>
    Value(const std::optional<T>& maybe) {
        if (maybe) *this = Value(*maybe);
    }

    bool is_null() const { return std::holds_alternative<std::monostate>(data_); }
    const std::int64_t* integer() const { return std::get_if<std::int64_t>(&data_); }
    const std::string* text() const { return std::get_if<std::string>(&data_); }
    const Bytes* blob() const { return std::get_if<Bytes>(&data_); }

    bool operator==(const Value&) const = default;

private:
    std::variant<std::monostate, std::int64_t, std::string, Bytes> data_;
};

using Values = std::vector<Value>;

}  // namespace countersign::store
