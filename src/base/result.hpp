#pragma once

#include <fmt/format.h>

#include <cstdlib>
#include <optional>
#include <source_location>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace countersign {

/// Every expected failure of the server. One closed list; `api/problem.cpp` maps it to HTTP.
enum class ErrorCode {
    invalid_argument,           // the caller sent something malformed: tell the caller what
    unauthenticated,            // no or bad credentials
    forbidden,                  // authenticated, not allowed
    consent_required,           // capture asked for before a consent was recorded
    not_found,                  //
    conflict,                   // a compare-and-set lost, or a unique value exists already
    not_enrolled,               // the subject has no active credential
    gone,                       // existed, was deleted
    transaction_expired,        // the verification's time is over: restart the login
    already_used,               // single-use value presented again
    precondition_failed,        // If-Match did not hold
    precondition_required,      // If-Match is missing: the change could overwrite somebody else's
    payload_too_large,          //
    unsupported_media,          // not a JPEG or WebP
    locked,                     // subject locked by failed attempts
    rate_limited,               // too fast: retry later
    attempts_used_up,           // this transaction has no attempt left
    internal,                   // broken expectation: has a log line
    unavailable,                // a dependency is down: fail closed
    queue_full,                 // a lane is full: Retry-After
    deadline_exceeded,          // the work was dropped past its deadline
    storage_full,               // the disk is full
    second_factor_required,     // the password held; the session waits for, or must set up, a second factor
    reauthentication_required,  // allowed, after the password or second factor has been given again
    idempotency_replayed,       // done before under this key; its secret is not shown twice
};

/// Snake-case name as it appears in JSON and logs.
std::string_view to_string(ErrorCode code);

/// What is wrong with one field of a request. Unlike `Error::detail` it is told to the caller.
struct FieldError {
    std::string field;
    std::string message;  // a sentence for people
    bool operator==(const FieldError&) const = default;
};

/// `detail` is for logs and command-line users; it holds no secret and never leaves through HTTP. `fields`
/// do.
struct Error {
    ErrorCode code{ErrorCode::internal};
    std::string detail;
    std::source_location where;
    std::vector<FieldError> fields{};
};

template <class T>
using Result = tl::expected<T, Error>;

/// Makes the error side of a Result: `return fail(ErrorCode::gone, "subject is deleted");`
inline tl::unexpected<Error> fail(ErrorCode code, std::string detail = {},
                                  std::source_location where = std::source_location::current()) {
    return tl::unexpected(Error{code, std::move(detail), where});
}

/// Refuses one field: the caller may read `message`.
inline tl::unexpected<Error> fail_field(ErrorCode code, std::string field, std::string message,
                                        std::source_location where = std::source_location::current()) {
    std::string detail = field + ": " + message;
    return tl::unexpected(
        Error{code, std::move(detail), where, {FieldError{std::move(field), std::move(message)}}});
}

namespace detail {
template <class T>
T take(Result<T>&& result) {
    return *std::move(result);
}
inline void take(Result<void>&&) {}
[[noreturn]] void check_failed(const char* condition, std::source_location where);
}  // namespace detail

}  // namespace countersign

/// Yields the value or returns the error from the enclosing function. Starts one variable, is an argument,
/// follows a brace-free `return`, or stands alone; never inside braces (g++ 12.2 leaks the built members).
#define CS_TRY(expr)                                         \
    __extension__({                                          \
        auto&& cs_r_ = (expr);                               \
        if (!cs_r_) [[unlikely]]                             \
            return tl::unexpected(std::move(cs_r_).error()); \
        ::countersign::detail::take(std::move(cs_r_));       \
    })

/// Aborts when an invariant of our own code is broken. Never for input.
#define CS_CHECK(condition)                                                                   \
    do {                                                                                      \
        if (!(condition)) [[unlikely]]                                                        \
            ::countersign::detail::check_failed(#condition, std::source_location::current()); \
    } while (false)
