#pragma once

#include "base/json.hpp"
#include "domain/settings/service.hpp"
#include "domain/verification/session_service.hpp"

namespace countersign::api {

/// Where the logos of the tenants are served; below it `{tenant}/{logo_id}`.
inline constexpr std::string_view kLogoPath = "/api/capture/v1/logos";

/// The answer of `GET /api/capture/v1/session`.
json::value to_json(const domain::BrowserSession& session, const domain::Presentation& presentation);

}  // namespace countersign::api
