#pragma once

#include "base/json.hpp"
#include "domain/verification/session_service.hpp"

namespace countersign::api {

/// The answer of `GET /api/capture/v1/session`.
json::value to_json(const domain::BrowserSession& session);

}  // namespace countersign::api
