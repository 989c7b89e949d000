#include <charconv>

#include "api/admin/exports.hpp"
#include "api/admin/guard.hpp"
#include "api/admin/listing.hpp"
#include "api/admin/resource_routes.hpp"
#include "api/admin/values.hpp"
#include "domain/admin/actor_names.hpp"

namespace countersign::api::admin {
namespace {

using domain::Permission;
using net::HttpStatus;
using net::Request;
using net::Response;

json::object to_json(const domain::AuditEvent& event, const domain::ActorNames& names) {
    json::object details;
    for (const auto& [name, value] : event.entry.details)
        details[name] = value;
    const auto name = names.find(event.entry.actor);
    json::value actor_name = nullptr;
    if (name != names.end()) actor_name = name->second;
    return {{"id", event.id.text()},
            {"sequence", event.sequence},
            {"at", to_rfc3339(event.occurred_at)},
            {"actor", event.entry.actor},
            {"actor_name", actor_name},
            {"kind", event.entry.kind},
            {"target", event.entry.target},
            {"details", std::move(details)},
            {"previous_hash", event.previous_hash},
            {"hash", event.hash}};
}

Result<Response> list_audit(const ResourceServices& services, const Request& request) {
    const auto actor = CS_TRY(authorise(request, services.gate, Permission::audit_read));
    const auto page = CS_TRY(page_of(request, 1, 100));
    domain::AuditFilter filter;
    filter.actor = CS_TRY(filter_text(request, "actor"));
    filter.kind = CS_TRY(filter_text(request, "kind"));
    filter.target = CS_TRY(filter_text(request, "target"));
    filter.from = CS_TRY(filter_time(request, "from"));
    filter.to = CS_TRY(filter_time(request, "to"));
    std::optional<std::int64_t> before;
    if (!page.after.empty()) {
        std::int64_t number = 0;
        const auto& key = page.after[0];
        const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), number);
        if (error != std::errc{} || end != key.data() + key.size())
            return fail_field(ErrorCode::invalid_argument, "cursor", "Not a cursor of this list.");
        before = number;
    }

    const auto found = CS_TRY(services.audit.search(actor.tenant, filter, before, page.limit));

    std::vector<std::string> actors;
    for (const auto& event : found.items)
        actors.push_back(event.entry.actor);
    const auto names = CS_TRY(domain::actor_names(services.work, actor.tenant, actors));
    json::array items;
    for (const auto& event : found.items)
        items.push_back(to_json(event, names));
    std::optional<std::string> next;
    if (found.more) next = cursor_of({std::to_string(found.items.back().sequence)});
    return page_response(std::move(items), next);
}

/// Every field that the hash covers, the time in microseconds as it was hashed.
void add_event(std::string& out, const domain::AuditEvent& event, bool csv) {
    auto document = to_json(event, {});
    document.erase("actor_name");
    document["occurred_at_us"] = event.occurred_at.value;
    document["tenant"] = event.entry.tenant.text();
    if (!csv) {
        out += json::serialize(document) + "\n";
        return;
    }
    add_csv_line(out, {event.id.text(), std::to_string(event.sequence), to_rfc3339(event.occurred_at),
                       std::to_string(event.occurred_at.value), event.entry.tenant.text(), event.entry.actor,
                       event.entry.kind, event.entry.target, json::serialize(document.at("details")),
                       event.previous_hash, event.hash});
}

Result<Response> export_audit(const ResourceServices& services, const Request& request) {
    const auto actor = CS_TRY(authorise(request, services.gate, Permission::audit_export));
    const auto format = CS_TRY(filter_text(request, "format")).value_or("jsonl");
    if (format != "csv" && format != "jsonl")
        return fail_field(ErrorCode::invalid_argument, "format", "This must be csv or jsonl.");
    domain::AuditFilter filter;
    filter.from = CS_TRY(filter_time(request, "from"));
    filter.to = CS_TRY(filter_time(request, "to"));
    const bool csv = format == "csv";
    std::string out;
    if (csv) {
        add_csv_line(out, {"id", "sequence", "at", "occurred_at_us", "tenant", "actor", "kind", "target",
                           "details", "previous_hash", "hash"});
    }
    const auto read = [&](const std::optional<std::int64_t>& after) {
        return services.audit.in_order(actor.tenant, filter, after.value_or(0), kExportPage);
    };
    const auto sequence = [](const domain::AuditEvent& event) { return event.sequence; };
    const auto write = [csv](std::string& to, const domain::AuditEvent& event) { add_event(to, event, csv); };
    CS_TRY(write_pages(out, "from", read, sequence, write));
    CS_TRY(services.audit.note_export(actor.tenant, format, actor.actor));
    return download(csv ? "text/csv; charset=utf-8" : "application/jsonl", csv ? "audit.csv" : "audit.jsonl",
                    std::move(out));
}

Result<Response> check_audit(const ResourceServices& services, const Request& request) {
    const auto actor = CS_TRY(authorise(request, services.gate, Permission::audit_read));
    const auto check = CS_TRY(services.audit.check(actor.tenant, actor.actor));
    json::value broken = nullptr;
    if (!check.intact) broken = check.first_broken;
    return Response::json(HttpStatus::ok,
                          {{"intact", check.intact}, {"events", check.events}, {"first_broken", broken}});
}

}  // namespace

void add_audit_routes(net::Router& router, const ResourceServices& services) {
    constexpr auto lane = net::Lane::request;
    const std::string base = fmt::format("{}/audit", kAdminBase);
    router.get(base, lane, with(services, list_audit));
    router.get(base + "/export", lane, with(services, export_audit));
    router.post(base + "/check", lane, with(services, check_audit));
}

}  // namespace countersign::api::admin
