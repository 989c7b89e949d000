#include <charconv>

#include "api/admin/exports.hpp"
#include "api/admin/guard.hpp"
#include "api/admin/listing.hpp"
#include "api/admin/resource_routes.hpp"
#include "api/admin/values.hpp"

namespace countersign::api::admin {
namespace {

using domain::Permission;
using net::HttpStatus;
using net::Request;
using net::Response;

Result<domain::TransactionFilter> filter_of(const Request& request) {
    domain::TransactionFilter filter;
    if (const auto user = CS_TRY(filter_text(request, "user"))) {
        if (const auto id = SubjectId::parse(*user)) {
            filter.subject = *id;
        } else {
            filter.external_id = *user;
        }
    }
    filter.integration = CS_TRY(filter_as(request, "integration", IntegrationId::parse));
    filter.purpose = CS_TRY(filter_as(request, "purpose", domain::parse_purpose));
    filter.state = CS_TRY(filter_as(request, "state", domain::parse_verification_state));
    filter.cause = CS_TRY(filter_text(request, "cause"));
    filter.from = CS_TRY(filter_time(request, "from"));
    filter.to = CS_TRY(filter_time(request, "to"));
    return filter;
}

Result<domain::TransactionPosition> position_of(const std::vector<std::string>& key) {
    domain::TransactionPosition position;
    const auto [end, error] =
        std::from_chars(key[0].data(), key[0].data() + key[0].size(), position.created_at.value);
    const auto id = VerificationId::parse(key[1]);
    if (error != std::errc{} || end != key[0].data() + key[0].size() || !id)
        return fail_field(ErrorCode::invalid_argument, "cursor", "Not a cursor of this list.");
    position.id = *id;
    return position;
}

Result<Response> list_transactions(const ResourceServices& services, const Request& request) {
    const auto actor = CS_TRY(authorise(request, services.gate, Permission::transactions_read));
    const auto page = CS_TRY(page_of(request, 2, 100));
    const auto filter = CS_TRY(filter_of(request));
    std::optional<domain::TransactionPosition> after;
    if (!page.after.empty()) after = CS_TRY(position_of(page.after));

    const auto found = CS_TRY(services.transactions.search(actor.tenant, filter, after, page.limit));

    json::array items;
    for (const auto& transaction : found.items)
        items.push_back(to_json(transaction));
    std::optional<std::string> next;
    if (found.more) {
        const auto& last = found.items.back();
        next = cursor_of({std::to_string(last.created_at.value), last.id.text()});
    }
    return page_response(std::move(items), next);
}

void add_line(std::string& csv, const domain::Verification& t) {
    add_csv_line(csv, {t.id.text(), std::string(to_string(t.purpose)), std::string(to_string(t.state)),
                       t.code ? std::string(to_string(*t.code)) : "", t.cause.value_or(""), t.subject.text(),
                       t.origin.subject_external_id, t.integration.text(), t.origin.client_name,
                       std::to_string(t.attempts_used), to_rfc3339(t.created_at),
                       t.decided_at ? to_rfc3339(*t.decided_at) : "",
                       t.duration ? std::to_string(t.duration->value / 1000) : ""});
}

Result<Response> export_transactions(const ResourceServices& services, const Request& request) {
    const auto actor = CS_TRY(authorise(request, services.gate, Permission::transactions_export));
    const auto filter = CS_TRY(filter_of(request));
    std::string csv;
    add_csv_line(csv, {"id", "purpose", "state", "code", "cause", "user", "external_id", "integration",
                       "client_name", "attempts_used", "created_at", "decided_at", "duration_ms"});
    const auto read = [&](const std::optional<domain::TransactionPosition>& after) {
        return services.transactions.search(actor.tenant, filter, after, kExportPage);
    };
    const auto position = [](const domain::Verification& t) {
        return domain::TransactionPosition{t.created_at, t.id};
    };
    const std::int64_t rows = CS_TRY(write_pages(csv, "from", read, position, add_line));
    CS_TRY(services.transactions.note_export(actor.tenant, rows, actor.actor));
    return download("text/csv; charset=utf-8", "transactions.csv", std::move(csv));
}

Result<Response> get_transaction(const ResourceServices& services, const Request& request) {
    const auto actor = CS_TRY(authorise(request, services.gate, Permission::transactions_read));
    const auto id = CS_TRY(path_id<VerificationId>(request, "transaction"));
    const auto detail = CS_TRY(services.transactions.show(actor.tenant, id));
    json::array timeline;
    for (const auto& step : detail.timeline) {
        json::object details;
        for (const auto& [name, value] : step.details)
            details[name] = value;
        timeline.push_back(
            {{"at", to_rfc3339(step.at)}, {"kind", step.kind}, {"details", std::move(details)}});
    }
    return Response::json(HttpStatus::ok, {{"transaction", to_json(detail.verification)},
                                           {"timeline", std::move(timeline)},
                                           {"locale", detail.verification.origin.locale},
                                           {"expires_at", to_rfc3339(detail.verification.expires_at)}});
}

}  // namespace

void add_transaction_routes(net::Router& router, const ResourceServices& services) {
    constexpr auto lane = net::Lane::request;
    const std::string base = fmt::format("{}/transactions", kAdminBase);
    router.get(base, lane, with(services, list_transactions));
    router.get(base + "/export", lane, with(services, export_transactions));
    router.get(base + "/{transaction}", lane, with(services, get_transaction));
}

}  // namespace countersign::api::admin
