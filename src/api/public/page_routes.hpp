#pragma once

#include "net/router.hpp"
#include "net/static_assets.hpp"

namespace countersign::api {

/// The capture page and its files. One document serves every verification and every error page; the address
/// tells the page what to show. `assets` must outlive the server.
void add_page_routes(net::Router& router, const net::StaticAssets& assets);

}  // namespace countersign::api
