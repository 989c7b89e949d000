#pragma once

#include "domain/verification/session_service.hpp"
#include "net/request.hpp"

namespace countersign::api {

/// Binds a verification to the browser that opened it.
inline constexpr std::string_view kCaptureCookie = "__Host-cap";
inline constexpr std::string_view kVerificationHeader = "X-Countersign-Verification";

/// Refuses requests that another site caused. Errors: forbidden.
Result<void> require_same_origin(const net::Request& request);

/// The verification that this browser opened, named by header (or, for a WebSocket, by query parameter).
/// Errors: unauthenticated (no cookie), invalid_argument, and those of SessionService.
Result<domain::BrowserSession> authorise(const net::Request& request, domain::SessionService& sessions);

/// The cookie's value. Errors: unauthenticated.
Result<std::string_view> capture_cookie(const net::Request& request);

}  // namespace countersign::api
