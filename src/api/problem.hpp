#pragma once

#include <string_view>

#include "net/request.hpp"
#include "net/response.hpp"

namespace countersign::api {

/// The only place where an error meets HTTP.
struct ProblemKind {
    ErrorCode code;
    net::HttpStatus status;
    std::string_view title;  // what the caller may do, without a cause that helps an attacker
};

/// One row per ErrorCode.
const ProblemKind& problem_kind(ErrorCode code);

/// `application/problem+json` (RFC 9457) with `code` and `reference`; a small page for addresses that people
/// open. The error's detail goes to the log under the same reference, never to the peer. 429 and 503 carry
/// Retry-After.
net::Response to_response(const Error& error, const net::Context& context);

}  // namespace countersign::api
