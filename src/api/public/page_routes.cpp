#include "api/public/page_routes.hpp"

namespace countersign::api {

void add_page_routes(net::Router& router, const net::StaticAssets& assets) {
    router.get("/v/{verification}", net::Lane::inline_, assets.file("index.html"));
    router.get("/e/{code}", net::Lane::inline_, assets.file("index.html"));
    router.get("/assets/{file*}", net::Lane::inline_, assets.below("assets/"));
    for (const char* name : {"favicon.svg", "robots.txt"}) {
        if (assets.has(name)) router.get(fmt::format("/{}", name), net::Lane::inline_, assets.file(name));
    }
}

}  // namespace countersign::api
