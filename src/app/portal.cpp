#include "app/portal.hpp"

#include "api/admin/page_routes.hpp"
#include "telemetry/log.hpp"

namespace countersign::app {
namespace {

std::optional<net::StaticAssets> load_pages(const std::string& web_root) {
    auto pages = net::StaticAssets::load(web_root);
    if (pages && pages->has("index.html")) return *std::move(pages);
    const std::string detail = pages ? fmt::format("{} has no index.html", web_root) : pages.error().detail;
    telemetry::log::event(telemetry::log::Level::warning, "portal.pages_missing", {{"detail", detail}});
    return std::nullopt;
}

}  // namespace

Portal::Portal(Core&, const Config& config) : pages_(load_pages(config.portal.web_root)) {}

net::Router Portal::routes() {
    net::Router router;
    api::admin::add_page_routes(router, pages_ ? &*pages_ : nullptr);
    return router;
}

}  // namespace countersign::app
