#include "api/admin/body.hpp"
#include "api/admin/guard.hpp"
#include "api/admin/passkey_body.hpp"
#include "api/admin/routes.hpp"

namespace countersign::api::admin {
namespace {

using net::HttpStatus;

domain::SignInOrigin origin_of(const net::Request& request, const net::Context& context) {
    return {context.peer_address, std::string(request.header("User-Agent").value_or(""))};
}

json::value time_or_null(const std::optional<UnixMicros>& time) {
    return time ? json::value(to_rfc3339(*time)) : json::value(nullptr);
}

json::object describe(const domain::TenantMembership& membership) {
    return {{"tenant", membership.tenant.text()},
            {"name", membership.name},
            {"role", to_string(membership.role)}};
}

json::array permission_names(const domain::TenantMembership* current) {
    json::array names;
    if (current == nullptr) return names;
    for (int i = 0; i < domain::kPermissions; ++i) {
        const auto permission = static_cast<domain::Permission>(i);
        if (domain::allows(current->role, permission)) names.emplace_back(to_string(permission));
    }
    return names;
}

std::string_view passkey_state(const AccountServices& s, const domain::SessionView& view) {
    if (!s.passkeys.available()) return "unavailable";
    return view.has_passkey ? "registered" : "none";
}

Result<net::Response> signed_in_response(const AccountServices& s, HttpStatus status,
                                         const Result<domain::SignedIn>& signed_in) {
    if (!signed_in) return tl::unexpected(signed_in.error());
    net::Response response = session_response(s, status, signed_in->view);
    set_session_cookie(response, signed_in->token);
    return response;
}

Result<net::Response> view_response(const AccountServices& s, const Result<domain::SessionView>& view) {
    if (!view) return tl::unexpected(view.error());
    return session_response(s, HttpStatus::ok, *view);
}

Result<domain::Proof> proof_of(Body& body) {
    domain::Proof proof;
    proof.totp = body.find_text("totp", {0, 6}).value_or("");
    proof.recovery_code = body.find_text("recovery_code", {0, 64}).value_or("");
    auto passkey = body.find_object("passkey");
    const int given = int{!proof.totp.empty()} + int{!proof.recovery_code.empty()} + int{passkey.has_value()};
    if (given != 1)
        body.reject("totp", "Give a code of the authenticator, a recovery code or a passkey's answer.");
    CS_TRY(body.finish());
    if (passkey) proof.passkey = CS_TRY(assertion_of(*std::move(passkey)));
    return proof;
}

Result<net::Response> create_owner(const AccountServices& s, const net::Request& request,
                                   const net::Context& context) {
    CS_TRY(from_own_page(request, s.gate.origin));
    auto body = CS_TRY(Body::of(request));
    domain::NewOwner owner;
    owner.email = body.text("email", {1, 254});
    owner.name = body.text("name", {1, 100});
    owner.password = body.secret("password");
    owner.organisation = body.text("organisation", {1, 100});
    CS_TRY(body.finish());
    return signed_in_response(s, HttpStatus::created,
                              s.accounts.create_first_owner(owner, origin_of(request, context)));
}

Result<net::Response> sign_in(const AccountServices& s, const net::Request& request,
                              const net::Context& context) {
    CS_TRY(from_own_page(request, s.gate.origin));
    auto body = CS_TRY(Body::of(request));
    const std::string email = body.text("email", {1, 254});
    const std::string password = body.secret("password");
    CS_TRY(body.finish());
    return signed_in_response(s, HttpStatus::ok,
                              s.sessions.sign_in(email, password, origin_of(request, context)));
}

Result<net::Response> prove(const AccountServices& s, const net::Request& request) {
    CS_TRY(from_own_page(request, s.gate.origin));
    const std::string token = CS_TRY(session_token(request));
    auto body = CS_TRY(Body::of(request));
    const auto proof = CS_TRY(proof_of(body));
    return signed_in_response(s, HttpStatus::ok, s.sessions.prove_second_factor(token, proof));
}

Result<net::Response> reauthenticate(const AccountServices& s, const net::Request& request) {
    CS_TRY(from_own_page(request, s.gate.origin));
    const std::string token = CS_TRY(session_token(request));
    auto body = CS_TRY(Body::of(request));
    const std::string password = body.secret("password");
    const auto proof = CS_TRY(proof_of(body));
    return view_response(s, s.sessions.reauthenticate(token, password, proof));
}

/// Asking is no offence: who has no session, or one that is over, is told so without an error.
Result<net::Response> who_is_signed_in(const AccountServices& s, const net::Request& request) {
    const auto token = session_token(request);
    if (!token) return net::Response::json(HttpStatus::ok, nullptr);
    const auto view = s.sessions.view(*token);
    if (view || view.error().code != ErrorCode::unauthenticated) return view_response(s, view);
    net::Response nobody = net::Response::json(HttpStatus::ok, nullptr);
    drop_session_cookie(nobody);
    return nobody;
}

Result<net::Response> sign_out(const AccountServices& s, const net::Request& request) {
    CS_TRY(from_own_page(request, s.gate.origin));
    const std::string token = CS_TRY(session_token(request));
    CS_TRY(s.sessions.sign_out(token));
    net::Response response = net::Response::no_content();
    drop_session_cookie(response);
    return response;
}

Result<net::Response> switch_tenant(const AccountServices& s, const net::Request& request) {
    CS_TRY(from_own_page(request, s.gate.origin));
    const std::string token = CS_TRY(session_token(request));
    auto body = CS_TRY(Body::of(request));
    const auto tenant = TenantId::parse(body.text("tenant"));
    CS_TRY(body.finish());
    if (!tenant) return fail(ErrorCode::not_found, "a malformed identifier");
    return view_response(s, s.sessions.switch_tenant(token, *tenant));
}

Result<net::Response> request_reset(const AccountServices& s, const net::Request& request) {
    CS_TRY(from_own_page(request, s.gate.origin));
    auto body = CS_TRY(Body::of(request));
    const std::string email = body.text("email", {1, 254});
    CS_TRY(body.finish());
    CS_TRY(s.accounts.request_reset(email, s.public_url + "/reset?token="));
    return net::Response::empty(HttpStatus::accepted);
}

Result<net::Response> redeem_reset(const AccountServices& s, const net::Request& request) {
    CS_TRY(from_own_page(request, s.gate.origin));
    auto body = CS_TRY(Body::of(request));
    const std::string token = body.secret("token", {1, 100});
    const std::string password = body.secret("password");
    CS_TRY(body.finish());
    CS_TRY(s.accounts.redeem_reset(token, password));
    return net::Response::no_content();
}

Result<net::Response> look_up(const AccountServices& s, const net::Request& request) {
    CS_TRY(from_own_page(request, s.gate.origin));
    auto body = CS_TRY(Body::of(request));
    const std::string token = body.secret("token", {1, 100});
    CS_TRY(body.finish());
    const auto preview = CS_TRY(s.team.look_up(token));
    return net::Response::json(HttpStatus::ok, {{"email", preview.email},
                                                {"organisation", preview.organisation},
                                                {"role", to_string(preview.role)},
                                                {"invited_by", preview.invited_by},
                                                {"has_account", preview.has_account}});
}

Result<net::Response> accept(const AccountServices& s, const net::Request& request,
                             const net::Context& context) {
    CS_TRY(from_own_page(request, s.gate.origin));
    auto body = CS_TRY(Body::of(request));
    const std::string token = body.secret("token", {1, 100});
    const std::string name = body.find_text("name", {0, 100}).value_or("");
    const std::string password = body.secret("password");
    CS_TRY(body.finish());
    return signed_in_response(s, HttpStatus::created,
                              s.team.accept(token, name, password, origin_of(request, context)));
}

}  // namespace

net::Response session_response(const AccountServices& s, HttpStatus status, const domain::SessionView& view) {
    json::array tenants;
    for (const auto& membership : view.memberships)
        tenants.push_back(describe(membership));
    const auto* current = view.current();
    return net::Response::json(
        status, {{"state", to_string(view.session.state)},
                 {"administrator",
                  {{"id", view.administrator.id.text()},
                   {"name", view.administrator.name},
                   {"email", view.administrator.email}}},
                 {"tenant", current == nullptr ? json::value(nullptr) : json::value(describe(*current))},
                 {"tenants", std::move(tenants)},
                 {"permissions", permission_names(current)},
                 {"passkeys", passkey_state(s, view)},
                 {"fresh_until", time_or_null(view.fresh_until(s.clock.now()))},
                 {"expires_at", to_rfc3339(view.session.expires_at)}});
}

void set_session_cookie(net::Response& response, std::string_view token) {
    net::Cookie cookie;
    cookie.name = std::string(kSessionCookie);
    cookie.value = std::string(token);
    cookie.same_site = net::SameSite::strict;
    response.set_cookie(cookie);
}

void drop_session_cookie(net::Response& response) {
    net::Cookie cookie;
    cookie.name = std::string(kSessionCookie);
    cookie.max_age = Micros{0};
    cookie.same_site = net::SameSite::strict;
    response.set_cookie(cookie);
}

void add_session_routes(net::Router& router, AccountServices s) {
    using net::Context;
    using net::Request;
    const std::string base(kBase);
    constexpr auto kLane = net::Lane::request;
    router.get(base + "/setup", kLane, [s](const Request&, Context&) -> Result<net::Response> {
        const bool exists = CS_TRY(s.accounts.owner_exists());
        return net::Response::json(HttpStatus::ok, {{"owner_exists", exists}});
    });
    router.get(base + "/session", kLane,
               [s](const Request& r, Context&) -> Result<net::Response> { return who_is_signed_in(s, r); });
    router.post(base + "/setup", kLane, [s](const Request& r, Context& c) { return create_owner(s, r, c); });
    router.post(base + "/session", kLane, [s](const Request& r, Context& c) { return sign_in(s, r, c); });
    router.del(base + "/session", kLane, [s](const Request& r, Context&) { return sign_out(s, r); });
    router.post(base + "/session/second-factor", kLane,
                [s](const Request& r, Context&) { return prove(s, r); });
    router.post(base + "/session/reauthentication", kLane,
                [s](const Request& r, Context&) { return reauthenticate(s, r); });
    router.put(base + "/session/tenant", kLane,
               [s](const Request& r, Context&) { return switch_tenant(s, r); });
    router.post(base + "/password-resets", kLane,
                [s](const Request& r, Context&) { return request_reset(s, r); });
    router.post(base + "/password-resets/redeem", kLane,
                [s](const Request& r, Context&) { return redeem_reset(s, r); });
    router.post(base + "/invitations/lookup", kLane,
                [s](const Request& r, Context&) { return look_up(s, r); });
    router.post(base + "/invitations/accept", kLane,
                [s](const Request& r, Context& c) { return accept(s, r, c); });
}

}  // namespace countersign::api::admin
