#pragma once

#include <optional>
#include <string>

#include "base/json.hpp"
#include "base/time.hpp"
#include "domain/subject/service.hpp"
#include "net/request.hpp"
#include "net/response.hpp"

namespace countersign::api::admin {

json::value when(const std::optional<UnixMicros>& time);
json::value text_or_null(const std::optional<std::string>& text);
json::value number_or_null(const std::optional<std::int64_t>& number);

/// A query parameter that is there and not empty. Errors: invalid_argument (repeated).
Result<std::optional<std::string>> filter_text(const net::Request& request, std::string_view name);
/// Errors: invalid_argument naming the parameter.
Result<std::optional<UnixMicros>> filter_time(const net::Request& request, std::string_view name);

/// The same through `parse`. Errors: invalid_argument naming the parameter.
template <class F>
auto filter_as(const net::Request& request, std::string_view name, F parse)
    -> Result<std::optional<typename std::invoke_result_t<F, std::string_view>::value_type>> {
    using Value = typename std::invoke_result_t<F, std::string_view>::value_type;
    const auto text = CS_TRY(filter_text(request, name));
    if (!text) return std::optional<Value>();
    auto value = parse(*text);
    if (!value) return fail_field(ErrorCode::invalid_argument, std::string(name), "There is no such value.");
    return std::optional<Value>(*std::move(value));
}

/// A lost compare-and-set of a request with If-Match.
template <class T>
Result<T> as_precondition(Result<T> result) {
    if (!result && result.error().code == ErrorCode::conflict)
        return fail(ErrorCode::precondition_failed, result.error().detail);
    return result;
}

json::object to_json(const domain::Subject& user);
json::object to_json(const domain::SubjectDetail& detail);
json::object to_json(const domain::Verification& transaction);

}  // namespace countersign::api::admin
