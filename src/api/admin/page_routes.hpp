#pragma once

#include "net/router.hpp"
#include "net/static_assets.hpp"

namespace countersign::api::admin {

/// The portal's single page at every address that is no file and not the API's, its files below /assets/.
/// `assets` lives as long as the server; nullptr (not built) makes every page answer 503 and say why.
void add_page_routes(net::Router& router, const net::StaticAssets* assets);

/// What every answer of the portal carries: own files only and nothing inline, no frame around it, no camera,
/// not stored unless marked cacheable, HSTS on a secure connection.
void add_portal_headers(const net::Request& request, const net::Context& context, net::Response& response);

}  // namespace countersign::api::admin
