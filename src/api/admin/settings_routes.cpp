#include <algorithm>

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

// A logo of 64 KB as base64, and the rest.
constexpr std::size_t kMaxSettingsBytes = 128 * 1024;

json::object mail_json(const std::optional<domain::MailServer>& mail) {
    const auto server = mail.value_or(domain::MailServer{});
    return {{"configured", mail.has_value()},
            {"host", server.host},
            {"port", server.port},
            {"security", domain::to_string(server.security)},
            {"username", server.username},
            {"sender", server.sender}};
}

json::object to_json(const domain::SettingsView& view, const std::optional<domain::MailServer>& mail) {
    const auto& branding = view.settings.branding;
    json::value logo = nullptr;
    if (branding.logo) logo = to_base64(*branding.logo);
    return {{"organisation", view.organisation},
            {"branding",
             {{"display_name", text_or_null(branding.display_name)},
              {"accent", branding.accent},
              {"logo", logo},
              {"support_email", text_or_null(branding.support_email)},
              {"headline", text_or_null(branding.headline)}}},
            {"lockout",
             {{"max_failed_attempts", view.settings.lockout.lock_after},
              {"delay_after", view.settings.lockout.delay_after},
              {"delay_seconds", view.settings.lockout.delay.value / seconds(1).value}}},
            {"retention", {{"transaction_days", view.settings.transaction_days}}},
            {"mail", mail_json(mail)},
            {"version", view.settings.version}};
}

/// Ordinary base64 in terms of the one for URLs. Errors: invalid_argument.
Result<Bytes> decode_base64(std::string text) {
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
    while (text.ends_with('='))
        text.pop_back();
    return from_base64url(text);
}

std::optional<std::string> unless_empty(std::optional<std::string> text) {
    return text && text->empty() ? std::nullopt : text;
}

Result<domain::Branding> read_branding(json::object members) {
    auto body = Body::of_object(std::move(members));
    domain::Branding branding;
    branding.display_name = unless_empty(body.find_text("display_name", {0, 60}));
    branding.accent = body.text("accent", {7, 7});
    branding.support_email = unless_empty(body.find_text("support_email", {0, 254}));
    branding.headline = unless_empty(body.find_text("headline", {0, 120}));
    if (const auto logo = unless_empty(body.find_text("logo", {0, kMaxSettingsBytes}))) {
        auto bytes = decode_base64(*logo);
        if (bytes) {
            branding.logo = *std::move(bytes);
        } else {
            body.reject("logo", "This must be a PNG picture as base64.");
        }
    }
    CS_TRY(body.finish());
    return branding;
}

Result<domain::LockoutPolicy> read_lockout(json::object members) {
    auto body = Body::of_object(std::move(members));
    domain::LockoutPolicy policy;
    policy.lock_after = static_cast<int>(body.integer("max_failed_attempts", 5, 100));
    policy.delay_after = static_cast<int>(body.integer("delay_after", 1, 50));
    policy.delay = seconds(body.integer("delay_seconds", 1, 3600));
    CS_TRY(body.finish());
    return policy;
}

Result<domain::SettingsChange> read_change(const Request& request) {
    auto body = CS_TRY(Body::of(request));
    auto branding = body.find_object("branding");
    auto lockout = body.find_object("lockout");
    auto retention = body.find_object("retention");
    CS_TRY(body.finish());
    domain::SettingsChange change;
    if (branding) change.branding = CS_TRY(read_branding(*std::move(branding)));
    if (lockout) change.lockout = CS_TRY(read_lockout(*std::move(lockout)));
    if (retention) {
        auto inner = Body::of_object(*std::move(retention));
        change.transaction_days = static_cast<int>(inner.integer("transaction_days", 1, 730));
        CS_TRY(inner.finish());
    }
    return change;
}

Result<Response> answer(const ResourceServices& services, const TenantId& tenant,
                        const domain::SettingsView& view) {
    const auto mail =
        CS_TRY(domain::in_transaction(services.work, domain::Access::read, [&](domain::Repositories& r) {
            return r.admin().mail_servers().find(tenant);
        }));
    return with_etag(Response::json(HttpStatus::ok, to_json(view, mail)), view.settings.version);
}

Result<Response> get_settings(const ResourceServices& services, const Request& request) {
    const auto actor = CS_TRY(authorise(request, services.gate, Permission::settings_read));
    const auto view = CS_TRY(services.settings.find(actor.tenant));
    return answer(services, actor.tenant, view);
}

Result<Response> patch_settings(const ResourceServices& services, const Request& request) {
    const auto actor = CS_TRY(authorise(request, services.gate, Permission::settings_write));
    const auto version = CS_TRY(if_match(request));
    const auto change = CS_TRY(read_change(request));
    const auto view = CS_TRY(services.settings.update(actor.tenant, version, change, actor.actor));
    return answer(services, actor.tenant, view);
}

Response texts_response(HttpStatus status, const std::vector<domain::ListedConsentText>& texts) {
    json::array items;
    for (const auto& [text, current] : texts) {
        items.push_back({{"version", text.version},
                         {"locale", text.locale},
                         {"title", text.title},
                         {"paragraphs", json::array(text.paragraphs.begin(), text.paragraphs.end())},
                         {"sha256", text.sha256},
                         {"current", current},
                         {"built_in", !text.published_at.has_value()},
                         {"published_at", when(text.published_at)}});
    }
    return Response::json(status, {{"items", std::move(items)}});
}

Result<Response> list_texts(const ResourceServices& services, const Request& request) {
    const auto actor = CS_TRY(authorise(request, services.gate, Permission::settings_read));
    const auto texts = CS_TRY(services.consent_texts.list(actor.tenant));
    return texts_response(HttpStatus::ok, texts);
}

Result<domain::ConsentDraft> read_draft(json::object members) {
    auto body = Body::of_object(std::move(members));
    domain::ConsentDraft draft;
    draft.locale = body.text("locale", {2, 2});
    draft.title = body.text("title", {1, 200});
    draft.paragraphs = body.texts("paragraphs", 20, {1, 2000});
    if (draft.locale != "en" && draft.locale != "de") body.reject("locale", "This must be en or de.");
    if (draft.paragraphs.empty()) body.reject("paragraphs", "There must be at least one paragraph.");
    CS_TRY(body.finish());
    return draft;
}

Result<Response> publish_texts(const ResourceServices& services, const Request& request) {
    const auto actor = CS_TRY(authorise(request, services.gate, Permission::settings_write));
    auto body = CS_TRY(Body::of(request));
    const auto version = body.text("version", {1, 40});
    const auto texts = body.find_objects("texts", 2);
    if (!texts || texts->empty()) body.reject("texts", "There must be at least one text.");
    CS_TRY(body.finish());
    std::vector<domain::ConsentDraft> drafts;
    for (const auto& text : *texts)
        drafts.push_back(CS_TRY(read_draft(text)));
    return once(services.idempotency, actor, request, Answer::plain, [&]() -> Result<Response> {
        const auto all = CS_TRY(services.consent_texts.publish(actor.tenant, version, drafts, actor.actor));
        return texts_response(HttpStatus::created, all);
    });
}

}  // namespace

void add_settings_routes(net::Router& router, const ResourceServices& services) {
    constexpr auto lane = net::Lane::request;
    const std::string base(kAdminBase);
    router.get(base + "/settings", lane, with(services, get_settings));
    router.patch(base + "/settings", lane, with(services, patch_settings),
                 {.max_body_bytes = kMaxSettingsBytes});
    router.get(base + "/consent-texts", lane, with(services, list_texts));
    router.post(base + "/consent-texts", lane, with(services, publish_texts));
}

}  // namespace countersign::api::admin
