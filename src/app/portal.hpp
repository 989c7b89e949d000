#pragma once

#include <optional>

#include "app/core.hpp"
#include "net/router.hpp"
#include "net/static_assets.hpp"

namespace countersign::app {

/// The services behind the administrators' listener, in the order in which they depend on each other, and its
/// pages. Must outlive the server that uses `routes()`.
///
/// Pages that are not built do not keep the server from starting: the log and `doctor` tell, and the portal
/// answers 503.
class Portal {
public:
    Portal(Core& core, const Config& config);
    Portal(const Portal&) = delete;
    Portal& operator=(const Portal&) = delete;

    net::Router routes();

private:
    std::optional<net::StaticAssets> pages_;
};

}  // namespace countersign::app
