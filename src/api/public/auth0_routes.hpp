#pragma once

#include "domain/auth0/confirm_service.hpp"
#include "domain/auth0/return_service.hpp"
#include "domain/auth0/start_service.hpp"
#include "net/router.hpp"

namespace countersign::api {

struct Auth0Services {
    domain::StartService& start;
    domain::ReturnService& give_back;
    domain::ConfirmService& confirm;
};

/// The three doors to the identity provider: start, return, confirm.
/// Source: docs/integration/auth0-tokens.md.
void add_auth0_routes(net::Router& router, Auth0Services services);

}  // namespace countersign::api
