#pragma once

#include "domain/admin/idempotency.hpp"
#include "net/request.hpp"
#include "net/response.hpp"

namespace countersign::api::admin {

/// Whether the answer of a creation holds a secret: then it is not stored, and not repeated.
enum class Answer { plain, holds_secret };

/// Does a creation once when the request has an Idempotency-Key: the same key with the same body gets the
/// first answer again. Errors: those of domain::IdempotencyService, and invalid_argument (the key's length).
Result<net::Response> once(domain::IdempotencyService& service, const domain::AdminActor& actor,
                           const net::Request& request, Answer kind,
                           const std::function<Result<net::Response>()>& work);

}  // namespace countersign::api::admin
