#include "api/admin/body.hpp"
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

Result<domain::SubjectFilter> filter_of(const Request& request) {
    domain::SubjectFilter filter;
    filter.beginning = CS_TRY(filter_text(request, "q")).value_or("");
    filter.status = CS_TRY(filter_as(request, "status", domain::parse_subject_status));
    filter.integration = CS_TRY(filter_as(request, "integration", IntegrationId::parse));
    filter.model = CS_TRY(filter_text(request, "model")).value_or("");
    return filter;
}

Result<Response> list_users(const ResourceServices& services, const Request& request) {
    const auto actor = CS_TRY(authorise(request, services.gate, Permission::users_read));
    const auto page = CS_TRY(page_of(request, 2, 100));
    const auto filter = CS_TRY(filter_of(request));
    const auto sort = CS_TRY(filter_as(request, "sort", domain::parse_subject_sort));
    std::optional<domain::SubjectPosition> after;
    if (!page.after.empty()) after = domain::SubjectPosition{page.after[0], page.after[1]};

    const auto found = CS_TRY(services.users.search(
        actor.tenant, filter, sort.value_or(domain::SubjectSort::external_id), after, page.limit));

    json::array items;
    for (const auto& row : found.items)
        items.push_back(to_json(row.subject));
    json::object document{
        {"items", std::move(items)}, {"next_cursor", nullptr}, {"total", number_or_null(found.total)}};
    if (found.more) {
        const auto& last = found.items.back().position;
        document["next_cursor"] = cursor_of({last.key, last.id});
    }
    return Response::json(HttpStatus::ok, std::move(document));
}

void add_user(std::string& csv, const domain::FoundSubject& found) {
    const domain::Subject& user = found.subject;
    add_csv_line(csv,
                 {user.id.text(), user.external_id, std::string(domain::to_string(domain::status_of(user))),
                  std::to_string(user.samples), user.enrolled_at ? to_rfc3339(*user.enrolled_at) : "",
                  user.last_passed_at ? to_rfc3339(*user.last_passed_at) : "",
                  user.integration ? user.integration->text() : ""});
}

Result<Response> export_users(const ResourceServices& services, const Request& request) {
    const auto actor = CS_TRY(authorise(request, services.gate, Permission::users_export));
    const auto filter = CS_TRY(filter_of(request));
    std::string csv;
    add_csv_line(
        csv, {"id", "external_id", "status", "samples", "enrolled_at", "last_verified_at", "integration"});
    const auto read = [&](const std::optional<domain::SubjectPosition>& after) {
        return services.users.search(actor.tenant, filter, domain::SubjectSort::external_id, after,
                                     kExportPage);
    };
    const auto position = [](const domain::FoundSubject& found) { return found.position; };
    const std::int64_t rows = CS_TRY(write_pages(csv, "q", read, position, add_user));
    CS_TRY(services.users.note_export(actor.tenant, rows, actor.actor));
    return download("text/csv; charset=utf-8", "users.csv", std::move(csv));
}

Result<Response> list_models(const ResourceServices& services, const Request& request) {
    const auto actor = CS_TRY(authorise(request, services.gate, Permission::users_read));
    const auto counts = CS_TRY(services.users.models(actor.tenant));
    json::array items;
    for (const auto& [model, subjects] : counts)
        items.push_back({{"model", model}, {"users", subjects}});
    return Response::json(HttpStatus::ok, {{"items", std::move(items)}});
}

Result<Response> answer_user(const ResourceServices& services, const domain::AdminActor& actor,
                             const SubjectId& id) {
    const auto detail = CS_TRY(services.users.show(actor.tenant, id));
    return with_etag(Response::json(HttpStatus::ok, to_json(detail)), detail.subject.version);
}

Result<Response> get_user(const ResourceServices& services, const Request& request) {
    const auto actor = CS_TRY(authorise(request, services.gate, Permission::users_read));
    const auto id = CS_TRY(path_id<SubjectId>(request, "user"));
    return answer_user(services, actor, id);
}

Result<Response> patch_user(const ResourceServices& services, const Request& request) {
    const auto actor = CS_TRY(authorise(request, services.gate, Permission::users_write));
    const auto id = CS_TRY(path_id<SubjectId>(request, "user"));
    const auto version = CS_TRY(if_match(request));
    auto body = CS_TRY(Body::of(request));
    const auto notes = body.find_lines("notes", {0, 2000});
    if (!notes) body.reject("notes", "This is required.");
    CS_TRY(body.finish());
    const auto detail = CS_TRY(services.users.set_notes(actor.tenant, id, version, *notes, actor.actor));
    return with_etag(Response::json(HttpStatus::ok, to_json(detail)), detail.subject.version);
}

template <domain::SubjectAct act>
Result<Response> act_on_user(const ResourceServices& services, const Request& request) {
    const auto actor = CS_TRY(authorise(request, services.gate, Permission::users_write));
    const auto id = CS_TRY(path_id<SubjectId>(request, "user"));
    CS_TRY(services.users.act(actor.tenant, id, act, actor.actor));
    return answer_user(services, actor, id);
}

Result<Response> remove_adapted_sample(const ResourceServices& services, const Request& request) {
    const auto actor = CS_TRY(authorise(request, services.gate, Permission::users_write));
    const auto id = CS_TRY(path_id<SubjectId>(request, "user"));
    const auto sample = CS_TRY(path_id<SampleId>(request, "sample"));
    CS_TRY(services.users.forget_adapted(actor.tenant, id, sample, actor.actor));
    return answer_user(services, actor, id);
}

json::object change_one_user(const ResourceServices& services, const domain::AdminActor& actor,
                             const std::string& user, domain::SubjectAct act) {
    const auto id = SubjectId::parse(user);
    const auto done = id ? services.users.act(actor.tenant, *id, act, actor.actor)
                         : Result<void>(fail(ErrorCode::not_found, "a malformed identifier"));
    json::object result{{"user", user}, {"ok", done.has_value()}};
    if (!done) result["code"] = to_string(done.error().code);
    return result;
}

Result<Response> change_users(const ResourceServices& services, const Request& request) {
    const auto actor = CS_TRY(authorise(request, services.gate, Permission::users_write));
    auto body = CS_TRY(Body::of(request));
    const auto act = domain::parse_subject_act(body.text("act"));
    const auto users = body.texts("users", 200);
    if (!act) body.reject("act", "This must be suspend, reactivate or re_enrol.");
    if (users.empty()) body.reject("users", "This must name at least one user.");
    CS_TRY(body.finish());
    json::array results;
    for (const auto& user : users)
        results.push_back(change_one_user(services, actor, user, *act));
    return Response::json(HttpStatus::ok, {{"results", std::move(results)}});
}

Result<Response> delete_user(const ResourceServices& services, const Request& request) {
    const auto actor =
        CS_TRY(authorise(request, services.gate, Permission::users_delete, Confirmation::recent));
    const auto id = CS_TRY(path_id<SubjectId>(request, "user"));
    const auto certificate = CS_TRY(services.users.remove(actor.tenant, id, actor.actor));
    const auto names = CS_TRY(domain::actor_names(services.work, actor.tenant, {actor.actor}));
    const json::array destroyed{
        "the key of everything sealed for this person",
        fmt::format("face templates: {}", certificate.templates),
        fmt::format("transactions: {}", certificate.transactions),
        "the External identifier, notes and counters",
    };
    return Response::json(HttpStatus::ok, {{"certificate", certificate.audit_event.text()},
                                           {"user", certificate.subject.text()},
                                           {"external_id_sha256", certificate.external_id_sha256},
                                           {"deleted_at", to_rfc3339(certificate.deleted_at)},
                                           {"deleted_by", domain::name_or_id(names, certificate.deleted_by)},
                                           {"destroyed", destroyed},
                                           {"audit_event", certificate.audit_event.text()},
                                           {"audit_hash", certificate.audit_hash}});
}

Result<Response> export_user(const ResourceServices& services, const Request& request) {
    const auto actor = CS_TRY(authorise(request, services.gate, Permission::users_export));
    const auto id = CS_TRY(path_id<SubjectId>(request, "user"));
    const auto record = CS_TRY(services.users.record(actor.tenant, id, actor.actor));
    json::array transactions;
    for (const auto& transaction : record.transactions)
        transactions.push_back(to_json(transaction));
    return Response::json(HttpStatus::ok, {{"exported_at", to_rfc3339(services.clock.now())},
                                           {"detail", to_json(record.detail)},
                                           {"transactions", std::move(transactions)}});
}

}  // namespace

void add_user_routes(net::Router& router, const ResourceServices& services) {
    using enum domain::SubjectAct;
    constexpr auto lane = net::Lane::request;
    const std::string base = fmt::format("{}/users", kAdminBase);
    router.get(base, lane, with(services, list_users));
    router.get(base + "/export", lane, with(services, export_users));
    router.get(base + "/models", lane, with(services, list_models));
    router.post(base + "/bulk", lane, with(services, change_users));
    router.get(base + "/{user}", lane, with(services, get_user));
    router.patch(base + "/{user}", lane, with(services, patch_user));
    router.del(base + "/{user}", lane, with(services, delete_user));
    router.put(base + "/{user}/suspension", lane, with(services, act_on_user<suspend>));
    router.del(base + "/{user}/suspension", lane, with(services, act_on_user<reactivate>));
    router.post(base + "/{user}/re-enrolment", lane, with(services, act_on_user<re_enrol>));
    router.del(base + "/{user}/samples/{sample}", lane, with(services, remove_adapted_sample));
    router.get(base + "/{user}/export", lane, with(services, export_user));
}

}  // namespace countersign::api::admin
