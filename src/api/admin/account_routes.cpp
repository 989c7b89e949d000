#include "api/admin/body.hpp"
#include "api/admin/guard.hpp"
#include "api/admin/listing.hpp"
#include "api/admin/routes.hpp"

namespace countersign::api::admin {
namespace {

using net::HttpStatus;

json::array texts_of(const std::vector<std::string>& texts) {
    return json::array(texts.begin(), texts.end());
}

Result<net::Response> account_response(const AccountServices& s, const domain::Administrator& administrator) {
    const auto left = CS_TRY(s.accounts.recovery_codes_left(administrator.id));
    return net::Response::json(HttpStatus::ok, {{"id", administrator.id.text()},
                                                {"name", administrator.name},
                                                {"email", administrator.email},
                                                {"totp_enabled", administrator.totp_wrapped.has_value()},
                                                {"recovery_codes_left", left},
                                                {"created_at", to_rfc3339(administrator.created_at)}});
}

Result<net::Response> get_account(const AccountServices& s, const net::Request& request) {
    const auto view = CS_TRY(own_session(s, request));
    return account_response(s, view.administrator);
}

Result<net::Response> patch_account(const AccountServices& s, const net::Request& request) {
    const auto view = CS_TRY(own_session(s, request));
    auto body = CS_TRY(Body::of(request));
    const std::string name = body.text("name", {1, 100});
    CS_TRY(body.finish());
    const auto renamed = CS_TRY(s.accounts.rename(view.administrator.id, name));
    return account_response(s, renamed);
}

Result<net::Response> put_password(const AccountServices& s, const net::Request& request) {
    const auto view = CS_TRY(own_session(s, request, Confirmation::recent));
    auto body = CS_TRY(Body::of(request));
    const std::string password = body.secret("password");
    CS_TRY(body.finish());
    CS_TRY(s.accounts.change_password(view.administrator.id, password, view.session.id));
    return net::Response::no_content();
}

Result<net::Response> begin_totp(const AccountServices& s, const net::Request& request) {
    CS_TRY(from_own_page(request, s.gate.origin));
    const std::string token = CS_TRY(session_token(request));
    const auto enrolment = CS_TRY(s.sessions.begin_totp(token));
    return net::Response::json(HttpStatus::created, {{"secret", enrolment.secret}, {"uri", enrolment.uri}});
}

Result<net::Response> confirm_totp(const AccountServices& s, const net::Request& request) {
    CS_TRY(from_own_page(request, s.gate.origin));
    const std::string token = CS_TRY(session_token(request));
    auto body = CS_TRY(Body::of(request));
    const std::string code = body.text("totp", {6, 6});
    CS_TRY(body.finish());
    const auto confirmed = CS_TRY(s.sessions.confirm_totp(token, code));
    net::Response response =
        net::Response::json(HttpStatus::ok, {{"codes", texts_of(confirmed.recovery_codes)}});
    set_session_cookie(response, confirmed.signed_in.token);
    return response;
}

Result<net::Response> renew_codes(const AccountServices& s, const net::Request& request) {
    const auto view = CS_TRY(own_session(s, request, Confirmation::recent));
    const auto codes = CS_TRY(s.accounts.new_recovery_codes(view.administrator.id));
    return net::Response::json(HttpStatus::created, {{"codes", texts_of(codes)}});
}

Result<net::Response> list_sessions(const AccountServices& s, const net::Request& request) {
    const auto view = CS_TRY(own_session(s, request));
    const auto sessions = CS_TRY(s.sessions.list(view.administrator.id));
    json::array items;
    for (const domain::AdminSession& session : sessions) {
        items.push_back({{"id", session.id.text()},
                         {"current", session.id == view.session.id},
                         {"created_at", to_rfc3339(session.created_at)},
                         {"last_seen_at", to_rfc3339(session.last_seen_at)},
                         {"address", session.address},
                         {"browser", session.browser}});
    }
    return net::Response::json(HttpStatus::ok, {{"items", std::move(items)}});
}

Result<net::Response> revoke_session(const AccountServices& s, const net::Request& request) {
    const auto view = CS_TRY(own_session(s, request));
    const auto id = CS_TRY(path_id<AdminSessionId>(request, "session"));
    CS_TRY(s.sessions.revoke(view.administrator.id, id));
    return net::Response::no_content();
}

}  // namespace

Result<domain::SessionView> own_session(const AccountServices& s, const net::Request& request,
                                        Confirmation confirmation) {
    const bool reads = request.method == net::Method::get || request.method == net::Method::head;
    if (!reads) CS_TRY(from_own_page(request, s.gate.origin));
    const std::string token = CS_TRY(session_token(request));
    auto view = CS_TRY(s.sessions.active(token));
    if (confirmation == Confirmation::recent && !view.fresh_until(s.clock.now()))
        return fail(ErrorCode::reauthentication_required, view.administrator.id.text());
    return view;
}

void add_account_routes(net::Router& router, AccountServices s) {
    using net::Context;
    using net::Request;
    const std::string base = std::string(kBase) + "/account";
    constexpr auto kLane = net::Lane::request;
    router.get(base, kLane, [s](const Request& r, Context&) { return get_account(s, r); });
    router.patch(base, kLane, [s](const Request& r, Context&) { return patch_account(s, r); });
    router.put(base + "/password", kLane, [s](const Request& r, Context&) { return put_password(s, r); });
    router.post(base + "/totp", kLane, [s](const Request& r, Context&) { return begin_totp(s, r); });
    router.post(base + "/totp/confirm", kLane,
                [s](const Request& r, Context&) { return confirm_totp(s, r); });
    router.post(base + "/recovery-codes", kLane,
                [s](const Request& r, Context&) { return renew_codes(s, r); });
    router.get(base + "/sessions", kLane, [s](const Request& r, Context&) { return list_sessions(s, r); });
    router.del(base + "/sessions/{session}", kLane,
               [s](const Request& r, Context&) { return revoke_session(s, r); });
}

}  // namespace countersign::api::admin
