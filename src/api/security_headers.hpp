#pragma once

#include <string>
#include <string_view>

#include "net/request.hpp"
#include "net/response.hpp"

namespace countersign::api {

/// The Content-Security-Policy of every page: own files only, nothing inline, no frame around it.
/// Source: W3C CSP Level 3; requirement list of docs/architecture.md.
std::string content_security_policy(std::string_view form_action = "'self'");

/// Sets what every answer carries and leaves what a route has set already: nosniff, no-referrer, COOP,
/// permissions (camera for us alone), CSP, HSTS when the connection is secure, and no-store for everything
/// not marked cacheable.
void add_security_headers(const net::Request& request, const net::Context& context, net::Response& response);

}  // namespace countersign::api
