#include "app/portal_resources.hpp"

#include "api/admin/resource_routes.hpp"

namespace countersign::app {

PortalResources::PortalResources(Core& core, const Config& config, domain::AdminAccess& access,
                                 domain::IdempotencyService& idempotency)
    : core_(core),
      access_(access),
      idempotency_(idempotency),
      origin_(api::admin::origin_of(config.portal.public_url)),
      capture_url_(config.server.public_url),
      simulations_(core.work, core.keys, core.clock, *core.random,
                   domain::SimulationAddresses{config.server.public_url, config.portal.public_url}),
      transactions_(core.work, core.clock, *core.random),
      audit_(core.work, core.clock, *core.random),
      statistics_(core.work, core.clock),
      settings_(core.work, core.clock, *core.random),
      consent_texts_(core.work, core.clock, *core.random) {}

void PortalResources::add_routes(net::Router& router) {
    const api::admin::ResourceServices services{
        {access_, origin_}, core_.work,  core_.integrations, simulations_, core_.subjects,
        transactions_,      audit_,      statistics_,        settings_,    consent_texts_,
        idempotency_,       core_.clock, capture_url_};
    api::admin::add_integration_routes(router, services);
    api::admin::add_simulation_routes(router, services);
    api::admin::add_user_routes(router, services);
    api::admin::add_transaction_routes(router, services);
    api::admin::add_audit_routes(router, services);
    api::admin::add_statistics_routes(router, services);
    api::admin::add_settings_routes(router, services);
}

}  // namespace countersign::app
