#include "app/portal.hpp"

#include "api/admin/page_routes.hpp"
#include "api/admin/routes.hpp"
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

domain::RunLater in_background(runtime::Lane& lane) {
    return [&lane](std::function<void()> work) {
        runtime::Task task;
        task.run = std::move(work);
        return lane.submit(std::move(task));
    };
}

}  // namespace

Portal::Portal(Core& core, const Config& config, runtime::Lane& background,
               std::unique_ptr<crypto::PasswordHasher> hasher)
    : public_url_(config.portal.public_url),
      pages_(load_pages(config.portal.web_root)),
      hasher_(std::move(hasher)),
      transport_(core.clock, *core.random, config.mail.authorities_file),
      passkeys_(domain::relying_party_of(api::admin::origin_of(public_url_)), core.clock, *core.random),
      factor_(core.keys, passkeys_, core.clock, *core.random),
      mail_(core.work, core.keys, transport_, in_background(background), core.clock, *core.random),
      access_(core.work, core.clock),
      sessions_(core.work, *hasher_, factor_, mail_, core.clock, *core.random),
      accounts_(core.work, *hasher_, factor_, core.keys, mail_, core.clock, *core.random),
      own_passkeys_(core.work, passkeys_, mail_, core.clock, *core.random),
      team_(core.work, *hasher_, core.keys, mail_, core.clock, *core.random),
      api_keys_(core.work, core.clock, *core.random),
      idempotency_(core.work, core.clock),
      resources_(core, config, access_, idempotency_),
      core_(core) {}

Result<std::unique_ptr<Portal>> Portal::make(Core& core, const Config& config, runtime::Lane& background) {
    auto hasher = CS_TRY(crypto::Argon2Hasher::make());
    std::unique_ptr<Portal> portal(new Portal(core, config, background, std::move(hasher)));
    return portal;
}

net::Router Portal::routes() {
    net::Router router;
    const api::admin::AccountServices services{{access_, api::admin::origin_of(public_url_)},
                                               core_.work,
                                               sessions_,
                                               accounts_,
                                               own_passkeys_,
                                               team_,
                                               api_keys_,
                                               mail_,
                                               idempotency_,
                                               core_.clock,
                                               public_url_};
    api::admin::add_session_routes(router, services);
    api::admin::add_account_routes(router, services);
    api::admin::add_passkey_routes(router, services);
    api::admin::add_team_routes(router, services);
    resources_.add_routes(router);
    api::admin::add_page_routes(router, pages_ ? &*pages_ : nullptr);
    return router;
}

}  // namespace countersign::app
