#include "api/admin/guard.hpp"
#include "api/admin/resource_routes.hpp"
#include "api/admin/values.hpp"

namespace countersign::api::admin {
namespace {

json::array series_of(const domain::Statistics& statistics) {
    json::array series;
    for (const auto& point : statistics.series) {
        series.push_back({{"at", to_rfc3339(point.at)},
                          {"passed", point.passed},
                          {"failed", point.failed},
                          {"median_ms", number_or_null(domain::quantile_ms(point.durations, 0.5))},
                          {"p95_ms", number_or_null(domain::quantile_ms(point.durations, 0.95))}});
    }
    return series;
}

json::object totals_of(const domain::Statistics& s) {
    json::value pass_rate = nullptr;
    if (s.passed + s.failed > 0)
        pass_rate = static_cast<double>(s.passed) / static_cast<double>(s.passed + s.failed);
    return {{"verifications", s.verifications},
            {"enrolments", s.enrolments},
            {"passed", s.passed},
            {"failed", s.failed},
            {"pass_rate", pass_rate},
            {"median_ms", number_or_null(domain::quantile_ms(s.durations, 0.5))},
            {"p95_ms", number_or_null(domain::quantile_ms(s.durations, 0.95))},
            {"liveness_alerts", s.liveness_alerts},
            {"enrolled_users", s.enrolled_users}};
}

json::object to_document(const domain::Statistics& statistics) {
    json::array funnel;
    for (const auto& step : statistics.funnel)
        funnel.push_back({{"step", step.step}, {"count", step.count}});
    json::array causes;
    for (const auto& cause : statistics.causes)
        causes.push_back({{"cause", cause.cause}, {"count", cause.count}});
    return {{"range", domain::to_string(statistics.range)},
            {"from", to_rfc3339(statistics.from)},
            {"to", to_rfc3339(statistics.to)},
            {"totals", totals_of(statistics)},
            {"series", series_of(statistics)},
            {"funnel", std::move(funnel)},
            {"causes", std::move(causes)}};
}

Result<net::Response> get_statistics(const ResourceServices& services, const net::Request& request) {
    const auto actor = CS_TRY(authorise(request, services.gate, domain::Permission::statistics_read));
    const auto range = CS_TRY(filter_as(request, "range", domain::parse_statistics_range));
    const auto integration = CS_TRY(filter_as(request, "integration", IntegrationId::parse));
    const auto statistics = CS_TRY(services.statistics.compute(
        actor.tenant, range.value_or(domain::StatisticsRange::week), integration));
    return net::Response::json(net::HttpStatus::ok, to_document(statistics));
}

}  // namespace

void add_statistics_routes(net::Router& router, const ResourceServices& services) {
    router.get(fmt::format("{}/statistics", kAdminBase), net::Lane::request, with(services, get_statistics));
}

}  // namespace countersign::api::admin
