#pragma once

#include "base/json.hpp"
#include "domain/admin/passkeys.hpp"

namespace countersign::api::admin {

/// What a browser answered, out of JSON: its byte strings are base64url without padding, and none is longer
/// than a passkey can need. Errors: invalid_argument with `fields`.
Result<crypto::PasskeyAssertion> assertion_of(json::object members);
Result<crypto::PasskeyRegistration> registration_of(json::object members);

}  // namespace countersign::api::admin
