#include "api/admin/body.hpp"
#include "api/admin/guard.hpp"
#include "api/admin/listing.hpp"
#include "api/admin/once.hpp"
#include "api/admin/resource_routes.hpp"
#include "api/admin/values.hpp"

namespace countersign::api::admin {
namespace {

using domain::Permission;
using net::HttpStatus;
using net::Request;
using net::Response;

json::object settings_json(const domain::IntegrationSettings& s) {
    return {{"name", text_or_null(s.name)},
            {"enabled", s.enabled},
            {"allow_self_enrolment", s.allow_self_enrolment},
            {"enrolment_flow", domain::to_string(s.enrolment_flow)},
            {"verification_flow", domain::to_string(s.verification_flow)},
            {"return_domains", json::array(s.return_domains.begin(), s.return_domains.end())},
            {"request_mode_hint", domain::to_string(s.request_mode_hint)},
            {"claim_namespace", text_or_null(s.claim_namespace)},
            {"liveness_policy", domain::to_string(s.liveness)},
            {"target_fmr", s.target_fmr},
            {"max_attempts", s.max_attempts},
            {"session_minutes", s.session_lifetime.value / minutes(1).value},
            {"allow_insecure_loopback", s.allow_insecure_loopback},
            {"adapt_templates", s.adapt_templates}};
}

json::object to_json(const ResourceServices& services, const domain::IntegrationDetail& detail) {
    json::array secrets;
    for (const auto& secret : detail.secrets) {
        secrets.push_back({{"id", secret.id.text()},
                           {"created_at", to_rfc3339(secret.created_at)},
                           {"not_after", when(secret.not_after)}});
    }
    const auto& integration = detail.integration;
    return {{"id", integration.id.text()},
            {"settings", settings_json(integration.settings)},
            {"secrets", std::move(secrets)},
            {"start_url", services.capture_url},
            {"confirm_url", services.capture_url + "/api/auth0/v1/confirm"},
            {"created_at", to_rfc3339(integration.created_at)},
            {"updated_at", to_rfc3339(integration.updated_at)},
            {"last_used_at", when(integration.last_used_at)},
            {"version", integration.version}};
}

template <class E, class F>
void read_choice(Body& body, std::string_view field, F parse, E& target) {
    const auto text = body.find_text(field);
    if (!text) return;
    if (const auto value = parse(*text)) {
        target = *value;
    } else {
        body.reject(field, "There is no such choice.");
    }
}

void read_optional(Body& body, std::string_view field, Length length, std::optional<std::string>& target) {
    const auto text = body.find_text(field, length);
    if (text) target = text->empty() ? std::nullopt : text;
    if (body.is_null(field)) target.reset();
}

/// What the body names replaces what stands in `settings`.
Result<domain::IntegrationSettings> patched(const Request& request, domain::IntegrationSettings settings) {
    auto body = CS_TRY(Body::of(request));
    read_optional(body, "name", {0, 100}, settings.name);
    read_optional(body, "claim_namespace", {0, 200}, settings.claim_namespace);
    settings.enabled = body.find_boolean("enabled").value_or(settings.enabled);
    settings.allow_self_enrolment =
        body.find_boolean("allow_self_enrolment").value_or(settings.allow_self_enrolment);
    settings.allow_insecure_loopback =
        body.find_boolean("allow_insecure_loopback").value_or(settings.allow_insecure_loopback);
    settings.adapt_templates = body.find_boolean("adapt_templates").value_or(settings.adapt_templates);
    read_choice(body, "enrolment_flow", domain::parse_capture_flow, settings.enrolment_flow);
    read_choice(body, "verification_flow", domain::parse_capture_flow, settings.verification_flow);
    read_choice(body, "request_mode_hint", domain::parse_request_mode, settings.request_mode_hint);
    read_choice(body, "liveness_policy", domain::parse_liveness_policy, settings.liveness);
    settings.return_domains = body.find_texts("return_domains", 20).value_or(settings.return_domains);
    if (const auto n = body.find_integer("max_attempts", 1, 10)) settings.max_attempts = static_cast<int>(*n);
    if (const auto n = body.find_integer("session_minutes", 1, 30)) settings.session_lifetime = minutes(*n);
    if (const auto rate = body.find_number("target_fmr", 0.00001, 0.001)) settings.target_fmr = *rate;
    if (settings.adapt_templates && settings.liveness != domain::LivenessPolicy::both)
        body.reject("adapt_templates", "This needs both liveness checks.");
    CS_TRY(body.finish());
    return settings;
}

Result<Response> answer(const ResourceServices& services, const TenantId& tenant, const IntegrationId& id) {
    const auto detail = CS_TRY(services.integrations.show(tenant, id));
    return with_etag(Response::json(HttpStatus::ok, to_json(services, detail)), detail.integration.version);
}

Result<Response> answer_secret(const ResourceServices& services, const domain::IntegrationWithSecret& made) {
    const auto detail = CS_TRY(services.integrations.show(made.integration.tenant, made.integration.id));
    auto response = Response::json(HttpStatus::created, {{"integration", to_json(services, detail)},
                                                         {"session_secret", made.session_secret}});
    return with_etag(std::move(response), detail.integration.version);
}

Result<Response> list(const ResourceServices& services, const Request& request) {
    const auto actor = CS_TRY(authorise(request, services.gate, Permission::integrations_read));
    const auto part = CS_TRY(filter_text(request, "q")).value_or("");
    const auto found = CS_TRY(services.integrations.search(actor.tenant, part));
    json::array items;
    for (const auto& detail : found)
        items.push_back(to_json(services, detail));
    return Response::json(HttpStatus::ok, {{"items", std::move(items)}});
}

Result<Response> create(const ResourceServices& services, const Request& request) {
    const auto actor = CS_TRY(authorise(request, services.gate, Permission::integrations_write));
    const auto settings = CS_TRY(patched(request, {}));
    return once(services.idempotency, actor, request, Answer::holds_secret, [&]() -> Result<Response> {
        const auto made = CS_TRY(services.integrations.create(actor.tenant, settings, actor.actor));
        return answer_secret(services, made);
    });
}

Result<Response> get(const ResourceServices& services, const Request& request) {
    const auto actor = CS_TRY(authorise(request, services.gate, Permission::integrations_read));
    const auto id = CS_TRY(path_id<IntegrationId>(request, "integration"));
    return answer(services, actor.tenant, id);
}

Result<Response> update(const ResourceServices& services, const Request& request) {
    const auto actor = CS_TRY(authorise(request, services.gate, Permission::integrations_write));
    const auto id = CS_TRY(path_id<IntegrationId>(request, "integration"));
    const auto stored = CS_TRY(services.integrations.find(actor.tenant, id));
    const auto version = CS_TRY(if_match(request));
    const auto settings = CS_TRY(patched(request, stored.settings));
    CS_TRY(as_precondition(services.integrations.update(actor.tenant, id, version, settings, actor.actor)));
    return answer(services, actor.tenant, id);
}

Result<Response> remove(const ResourceServices& services, const Request& request) {
    const auto actor =
        CS_TRY(authorise(request, services.gate, Permission::integrations_delete, Confirmation::recent));
    const auto id = CS_TRY(path_id<IntegrationId>(request, "integration"));
    CS_TRY(services.integrations.find(actor.tenant, id));
    const auto version = CS_TRY(if_match(request));
    CS_TRY(as_precondition(services.integrations.remove(actor.tenant, id, version, actor.actor)));
    return Response::no_content();
}

Result<Response> rotate(const ResourceServices& services, const Request& request) {
    const auto actor =
        CS_TRY(authorise(request, services.gate, Permission::integrations_write, Confirmation::recent));
    const auto id = CS_TRY(path_id<IntegrationId>(request, "integration"));
    auto body = CS_TRY(Body::of(request));
    const auto hours = body.integer("overlap_hours", 0, 720);
    CS_TRY(body.finish());
    const auto made =
        CS_TRY(services.integrations.rotate_secret(actor.tenant, id, minutes(60 * hours), actor.actor));
    return answer_secret(services, made);
}

}  // namespace

void add_integration_routes(net::Router& router, const ResourceServices& services) {
    constexpr auto lane = net::Lane::request;
    const std::string base = fmt::format("{}/integrations", kAdminBase);
    router.get(base, lane, with(services, list));
    router.post(base, lane, with(services, create));
    router.get(base + "/{integration}", lane, with(services, get));
    router.patch(base + "/{integration}", lane, with(services, update));
    router.del(base + "/{integration}", lane, with(services, remove));
    router.post(base + "/{integration}/secret", lane, with(services, rotate));
}

}  // namespace countersign::api::admin
