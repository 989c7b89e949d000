#pragma once

#include "api/admin/guard.hpp"
#include "domain/activity/statistics.hpp"
#include "domain/admin/idempotency.hpp"
#include "domain/audit/service.hpp"
#include "domain/consent/text_service.hpp"
#include "domain/integration/service.hpp"
#include "domain/settings/service.hpp"
#include "domain/simulation/service.hpp"
#include "domain/subject/service.hpp"
#include "domain/verification/history.hpp"
#include "net/router.hpp"

namespace countersign::api::admin {

/// Everything the portal shows and changes but for accounts. References outlive the router.
struct ResourceServices {
    Gate gate;
    domain::UnitOfWork& work;
    domain::IntegrationService& integrations;
    domain::SimulationService& simulations;
    domain::SubjectService& users;
    domain::TransactionHistory& transactions;
    domain::AuditService& audit;
    domain::StatisticsService& statistics;
    domain::SettingsService& settings;
    domain::ConsentTextService& consent_texts;
    domain::IdempotencyService& idempotency;
    const Clock& clock;
    std::string capture_url;  // scheme://host[:port] of the capture, for the addresses that the Action needs
};

inline constexpr std::string_view kAdminBase = "/api/admin/v1";

void add_integration_routes(net::Router& router, const ResourceServices& services);
void add_simulation_routes(net::Router& router, const ResourceServices& services);
void add_user_routes(net::Router& router, const ResourceServices& services);
void add_transaction_routes(net::Router& router, const ResourceServices& services);
void add_audit_routes(net::Router& router, const ResourceServices& services);
void add_statistics_routes(net::Router& router, const ResourceServices& services);
void add_settings_routes(net::Router& router, const ResourceServices& services);

/// Binds the services to a handler of the form `Result<Response>(const ResourceServices&, const Request&)`.
template <class F>
net::Handler with(const ResourceServices& services, F function) {
    return [services, function](const net::Request& request, net::Context&) {
        return function(services, request);
    };
}

}  // namespace countersign::api::admin
