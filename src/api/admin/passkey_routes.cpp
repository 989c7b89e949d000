#include "api/admin/body.hpp"
#include "api/admin/guard.hpp"
#include "api/admin/listing.hpp"
#include "api/admin/passkey_body.hpp"
#include "api/admin/routes.hpp"
#include "api/admin/values.hpp"

namespace countersign::api::admin {
namespace {

using net::HttpStatus;

json::object to_json(const domain::Passkey& passkey) {
    return {{"id", passkey.id.text()},
            {"name", passkey.name},
            {"created_at", to_rfc3339(passkey.created_at)},
            {"last_used_at", when(passkey.last_used_at)}};
}

net::Response challenge_response(const domain::PasskeyChallenge& made) {
    json::array credentials;
    for (const Bytes& id : made.credentials)
        credentials.emplace_back(to_base64url(id));
    return net::Response::json(HttpStatus::created,
                               {{"challenge", to_base64url(made.challenge)},
                                {"domain", made.domain},
                                {"credentials", std::move(credentials)},
                                {"expires_in_seconds", domain::kPasskeyChallengeLife.value / 1'000'000}});
}

Result<net::Response> begin_proof(const AccountServices& s, const net::Request& request) {
    CS_TRY(from_own_page(request, s.gate.origin));
    const std::string token = CS_TRY(session_token(request));
    const auto made = CS_TRY(s.passkeys.begin_proof(token));
    return challenge_response(made);
}

Result<net::Response> begin_registration(const AccountServices& s, const net::Request& request) {
    const auto view = CS_TRY(own_session(s, request, Confirmation::recent));
    const auto made = CS_TRY(s.passkeys.begin_registration(view.session));
    return challenge_response(made);
}

Result<net::Response> register_passkey(const AccountServices& s, const net::Request& request) {
    const auto view = CS_TRY(own_session(s, request, Confirmation::recent));
    auto body = CS_TRY(Body::of(request));
    const std::string name = body.text("name", {1, 100});
    auto members = body.find_object("passkey");
    if (!members) body.reject("passkey", "This is missing.");
    CS_TRY(body.finish());
    const auto answer = CS_TRY(registration_of(*std::move(members)));
    const auto made = CS_TRY(s.passkeys.finish_registration(view.session, name, answer));
    return net::Response::json(HttpStatus::created, to_json(made));
}

Result<net::Response> list_passkeys(const AccountServices& s, const net::Request& request) {
    const auto view = CS_TRY(own_session(s, request));
    const auto passkeys = CS_TRY(s.passkeys.list(view.administrator.id));
    json::array items;
    for (const domain::Passkey& passkey : passkeys)
        items.push_back(to_json(passkey));
    return net::Response::json(HttpStatus::ok, {{"items", std::move(items)}});
}

Result<net::Response> rename_passkey(const AccountServices& s, const net::Request& request) {
    const auto view = CS_TRY(own_session(s, request));
    const auto id = CS_TRY(path_id<PasskeyId>(request, "passkey"));
    auto body = CS_TRY(Body::of(request));
    const std::string name = body.text("name", {1, 100});
    CS_TRY(body.finish());
    const auto renamed = CS_TRY(s.passkeys.rename(view.administrator.id, id, name));
    return net::Response::json(HttpStatus::ok, to_json(renamed));
}

Result<net::Response> remove_passkey(const AccountServices& s, const net::Request& request) {
    const auto view = CS_TRY(own_session(s, request, Confirmation::recent));
    const auto id = CS_TRY(path_id<PasskeyId>(request, "passkey"));
    CS_TRY(s.passkeys.remove(view.administrator.id, id));
    return net::Response::no_content();
}

}  // namespace

void add_passkey_routes(net::Router& router, AccountServices s) {
    using net::Context;
    using net::Request;
    const std::string own = std::string(kBase) + "/account/passkeys";
    constexpr auto kLane = net::Lane::request;
    router.post(std::string(kBase) + "/session/passkey-challenge", kLane,
                [s](const Request& r, Context&) { return begin_proof(s, r); });
    router.get(own, kLane, [s](const Request& r, Context&) { return list_passkeys(s, r); });
    router.post(own, kLane, [s](const Request& r, Context&) { return register_passkey(s, r); });
    router.post(own + "/challenge", kLane,
                [s](const Request& r, Context&) { return begin_registration(s, r); });
    router.patch(own + "/{passkey}", kLane, [s](const Request& r, Context&) { return rename_passkey(s, r); });
    router.del(own + "/{passkey}", kLane, [s](const Request& r, Context&) { return remove_passkey(s, r); });
}

}  // namespace countersign::api::admin
