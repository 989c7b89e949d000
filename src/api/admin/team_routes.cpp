#include "api/admin/body.hpp"
#include "api/admin/guard.hpp"
#include "api/admin/listing.hpp"
#include "api/admin/once.hpp"
#include "api/admin/routes.hpp"
#include "domain/admin/actor_names.hpp"

namespace countersign::api::admin {
namespace {

using domain::Permission;
using net::HttpStatus;

constexpr auto kRecent = Confirmation::recent;

json::value time_or_null(const std::optional<UnixMicros>& time) {
    return time ? json::value(to_rfc3339(*time)) : json::value(nullptr);
}

json::object describe(const domain::TenantMembership& membership) {
    return {{"tenant", membership.tenant.text()},
            {"name", membership.name},
            {"role", to_string(membership.role)}};
}

json::object describe(const domain::Member& member) {
    const domain::Administrator& person = member.administrator;
    return {{"id", person.id.text()},
            {"name", person.name},
            {"email", person.email},
            {"role", to_string(member.role)},
            {"totp_enabled", member.totp_enabled},
            {"last_sign_in_at", time_or_null(person.last_sign_in_at)}};
}

std::string actor_of(const domain::Invitation& invitation) {
    return invitation.invited_by.text();
}

std::string actor_of(const domain::ApiKey& key) {
    return key.created_by;
}

json::object describe(const domain::Invitation& invitation, const domain::ActorNames& names) {
    return {{"id", invitation.id.text()},
            {"email", invitation.email},
            {"role", to_string(invitation.role)},
            {"invited_by", domain::name_or_id(names, actor_of(invitation))},
            {"created_at", to_rfc3339(invitation.created_at)},
            {"expires_at", to_rfc3339(invitation.expires_at)}};
}

json::object describe(const domain::ApiKey& key, const domain::ActorNames& names) {
    json::array scopes;
    for (const domain::Scope scope : key.scopes)
        scopes.emplace_back(to_string(scope));
    return {{"id", key.id.text()},
            {"name", key.name},
            {"hint", key.hint},
            {"scopes", std::move(scopes)},
            {"created_at", to_rfc3339(key.created_at)},
            {"created_by", domain::name_or_id(names, actor_of(key))},
            {"last_used_at", time_or_null(key.last_used_at)},
            {"expires_at", time_or_null(key.expires_at)}};
}

net::Response list_response(json::array items) {
    return net::Response::json(HttpStatus::ok, {{"items", std::move(items)}});
}

/// Things that an administrator made, with the maker's name.
template <class Thing>
Result<json::array> describe_all(const AccountServices& s, const TenantId& tenant,
                                 const std::vector<Thing>& things) {
    std::vector<std::string> actors;
    for (const Thing& thing : things)
        actors.push_back(actor_of(thing));
    const auto names = CS_TRY(domain::actor_names(s.work, tenant, actors));
    json::array items;
    for (const Thing& thing : things)
        items.push_back(describe(thing, names));
    return items;
}

template <class Thing>
Result<json::object> describe_one(const AccountServices& s, const TenantId& tenant, const Thing& thing) {
    const auto names = CS_TRY(domain::actor_names(s.work, tenant, {actor_of(thing)}));
    return describe(thing, names);
}

Result<net::Response> list_members(const AccountServices& s, const net::Request& request) {
    const auto actor = CS_TRY(authorise(request, s.gate, Permission::team_read));
    const auto members = CS_TRY(s.team.members(actor.tenant));
    json::array items;
    for (const domain::Member& member : members)
        items.push_back(describe(member));
    return list_response(std::move(items));
}

Result<net::Response> list_invitations(const AccountServices& s, const net::Request& request) {
    const auto actor = CS_TRY(authorise(request, s.gate, Permission::team_read));
    const auto invitations = CS_TRY(s.team.invitations(actor.tenant));
    auto items = CS_TRY(describe_all(s, actor.tenant, invitations));
    return list_response(std::move(items));
}

Result<net::Response> list_keys(const AccountServices& s, const net::Request& request) {
    const auto actor = CS_TRY(authorise(request, s.gate, Permission::api_keys_read));
    const auto keys = CS_TRY(s.api_keys.list(actor.tenant));
    auto items = CS_TRY(describe_all(s, actor.tenant, keys));
    return list_response(std::move(items));
}

domain::Role role_of(Body& body) {
    const auto role = domain::parse_role(body.text("role"));
    if (!role) body.reject("role", "Choose owner, admin, helpdesk or auditor.");
    return role.value_or(domain::Role::auditor);
}

Result<net::Response> change_role(const AccountServices& s, const net::Request& request) {
    const auto actor = CS_TRY(authorise(request, s.gate, Permission::team_write, kRecent));
    const auto id = CS_TRY(path_id<AdministratorId>(request, "administrator"));
    auto body = CS_TRY(Body::of(request));
    const auto role = role_of(body);
    CS_TRY(body.finish());
    const auto member = CS_TRY(s.team.change_role(actor, id, role));
    return net::Response::json(HttpStatus::ok, describe(member));
}

Result<net::Response> remove(const AccountServices& s, const net::Request& request) {
    const auto actor = CS_TRY(authorise(request, s.gate, Permission::team_write, kRecent));
    const auto id = CS_TRY(path_id<AdministratorId>(request, "administrator"));
    CS_TRY(s.team.remove(actor, id));
    return net::Response::no_content();
}

Result<net::Response> invite(const AccountServices& s, const net::Request& request) {
    const auto actor = CS_TRY(authorise(request, s.gate, Permission::team_write, kRecent));
    auto body = CS_TRY(Body::of(request));
    const std::string email = body.text("email", {1, 254});
    const auto role = role_of(body);
    CS_TRY(body.finish());
    return once(s.idempotency, actor, request, Answer::holds_secret, [&]() -> Result<net::Response> {
        const auto made = CS_TRY(s.team.invite(actor, email, role, s.public_url + "/invite?token="));
        auto invitation = CS_TRY(describe_one(s, actor.tenant, made.invitation));
        return net::Response::json(HttpStatus::created,
                                   {{"invitation", std::move(invitation)},
                                    {"mailed", made.mailed},
                                    {"link", made.link ? json::value(*made.link) : json::value(nullptr)}});
    });
}

Result<net::Response> revoke_invitation(const AccountServices& s, const net::Request& request) {
    const auto actor = CS_TRY(authorise(request, s.gate, Permission::team_write));
    const auto id = CS_TRY(path_id<InvitationId>(request, "invitation"));
    CS_TRY(s.team.revoke(actor, id));
    return net::Response::no_content();
}

Result<net::Response> create_key(const AccountServices& s, const net::Request& request) {
    const auto actor = CS_TRY(authorise(request, s.gate, Permission::api_keys_write, kRecent));
    auto body = CS_TRY(Body::of(request));
    const std::string name = body.text("name", {1, 100});
    std::vector<domain::Scope> scopes;
    for (const std::string& text : body.texts("scopes", 8)) {
        const auto scope = domain::parse_scope(text);
        if (scope) scopes.push_back(*scope);
        if (!scope) body.reject("scopes", "There is no such scope.");
    }
    const auto life_days = body.find_integer("expires_in_days", 1, 730);
    CS_TRY(body.finish());
    return once(s.idempotency, actor, request, Answer::holds_secret, [&]() -> Result<net::Response> {
        const auto life = life_days ? std::optional(days(*life_days)) : std::nullopt;
        const auto made = CS_TRY(s.api_keys.create(actor, name, scopes, life));
        auto key = CS_TRY(describe_one(s, actor.tenant, made.key));
        return net::Response::json(HttpStatus::created, {{"key", std::move(key)}, {"value", made.value}});
    });
}

Result<net::Response> revoke_key(const AccountServices& s, const net::Request& request) {
    const auto actor = CS_TRY(authorise(request, s.gate, Permission::api_keys_write, kRecent));
    const auto id = CS_TRY(path_id<ApiKeyId>(request, "key"));
    CS_TRY(s.api_keys.revoke(actor, id));
    return net::Response::no_content();
}

Result<net::Response> create_tenant(const AccountServices& s, const net::Request& request) {
    const auto actor = CS_TRY(authorise(request, s.gate, Permission::tenants_create));
    auto body = CS_TRY(Body::of(request));
    const std::string name = body.text("name", {1, 100});
    CS_TRY(body.finish());
    return once(s.idempotency, actor, request, Answer::plain, [&]() -> Result<net::Response> {
        const auto made = CS_TRY(s.team.create_tenant(actor, name));
        return net::Response::json(HttpStatus::created, describe(made));
    });
}

Result<net::Response> rename_tenant(const AccountServices& s, const net::Request& request) {
    const auto actor = CS_TRY(authorise(request, s.gate, Permission::settings_write));
    auto body = CS_TRY(Body::of(request));
    const std::string name = body.text("name", {1, 100});
    CS_TRY(body.finish());
    const auto renamed = CS_TRY(s.team.rename_tenant(actor, name));
    return net::Response::json(HttpStatus::ok, describe(renamed));
}

Result<net::Response> put_mail(const AccountServices& s, const net::Request& request) {
    const auto actor = CS_TRY(authorise(request, s.gate, Permission::mail_write, kRecent));
    auto body = CS_TRY(Body::of(request));
    domain::MailServerChange change;
    change.host = body.text("host", {1, 253});
    change.port = body.integer("port", 1, 65535);
    const auto security = domain::parse_mail_security(body.text("security"));
    if (!security) body.reject("security", "Choose tls, starttls or none.");
    change.username = body.find_text("username").value_or("");
    if (body.has("password") && !body.is_null("password"))
        change.password = body.secret("password", {1, 200});
    if (body.is_null("password")) body.find_text("password");
    change.sender = body.text("sender", {1, 254});
    CS_TRY(body.finish());
    change.security = *security;
    const auto server = CS_TRY(s.mail.set(actor, change));
    return net::Response::json(HttpStatus::ok, mail_state(server));
}

Result<net::Response> test_mail(const AccountServices& s, const net::Request& request) {
    const auto actor = CS_TRY(authorise(request, s.gate, Permission::mail_write));
    const std::string token = CS_TRY(session_token(request));
    const auto view = CS_TRY(s.sessions.active(token));
    const auto answer = s.mail.send_test(actor, view.administrator.email);
    if (!answer && answer.error().code != ErrorCode::unavailable) return tl::unexpected(answer.error());
    return net::Response::json(HttpStatus::ok, {{"delivered", answer.has_value()},
                                                {"answer", answer ? *answer : answer.error().detail}});
}

}  // namespace

json::object mail_state(const std::optional<domain::MailServer>& server) {
    const domain::MailServer shown = server.value_or(domain::MailServer{});
    return {{"configured", server.has_value()},      {"host", shown.host},         {"port", shown.port},
            {"security", to_string(shown.security)}, {"username", shown.username}, {"sender", shown.sender}};
}

void add_team_routes(net::Router& router, AccountServices s) {
    using net::Context;
    using net::Request;
    const std::string base(kBase);
    constexpr auto kLane = net::Lane::request;
    router.get(base + "/administrators", kLane,
               [s](const Request& r, Context&) { return list_members(s, r); });
    router.get(base + "/invitations", kLane,
               [s](const Request& r, Context&) { return list_invitations(s, r); });
    router.get(base + "/api-keys", kLane, [s](const Request& r, Context&) { return list_keys(s, r); });
    router.patch(base + "/administrators/{administrator}", kLane,
                 [s](const Request& r, Context&) { return change_role(s, r); });
    router.del(base + "/administrators/{administrator}", kLane,
               [s](const Request& r, Context&) { return remove(s, r); });
    router.post(base + "/invitations", kLane, [s](const Request& r, Context&) { return invite(s, r); });
    router.del(base + "/invitations/{invitation}", kLane,
               [s](const Request& r, Context&) { return revoke_invitation(s, r); });
    router.post(base + "/api-keys", kLane, [s](const Request& r, Context&) { return create_key(s, r); });
    router.del(base + "/api-keys/{key}", kLane, [s](const Request& r, Context&) { return revoke_key(s, r); });
    router.post(base + "/tenants", kLane, [s](const Request& r, Context&) { return create_tenant(s, r); });
    router.patch(base + "/tenant", kLane, [s](const Request& r, Context&) { return rename_tenant(s, r); });
    router.put(base + "/settings/mail", kLane, [s](const Request& r, Context&) { return put_mail(s, r); });
    router.post(base + "/settings/mail/test", kLane,
                [s](const Request& r, Context&) { return test_mail(s, r); });
}

}  // namespace countersign::api::admin
