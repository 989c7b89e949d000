#pragma once

#include "app/core.hpp"
#include "domain/activity/statistics.hpp"
#include "domain/admin/access.hpp"
#include "domain/admin/idempotency.hpp"
#include "domain/audit/service.hpp"
#include "domain/consent/text_service.hpp"
#include "domain/settings/service.hpp"
#include "domain/simulation/service.hpp"
#include "domain/verification/history.hpp"
#include "net/router.hpp"

namespace countersign::app {

/// The services behind what the portal shows and changes besides accounts. Must outlive the server that has
/// its routes.
class PortalResources {
public:
    PortalResources(Core& core, const Config& config, domain::AdminAccess& access,
                    domain::IdempotencyService& idempotency);
    PortalResources(const PortalResources&) = delete;
    PortalResources& operator=(const PortalResources&) = delete;

    void add_routes(net::Router& router);

private:
    Core& core_;
    domain::AdminAccess& access_;
    domain::IdempotencyService& idempotency_;
    const std::string origin_;
    const std::string capture_url_;
    domain::SimulationService simulations_;
    domain::TransactionHistory transactions_;
    domain::AuditService audit_;
    domain::StatisticsService statistics_;
    domain::SettingsService settings_;
    domain::ConsentTextService consent_texts_;
};

}  // namespace countersign::app
