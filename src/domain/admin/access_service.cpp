#include "domain/admin/access_service.hpp"

#include "domain/admin/session_view.hpp"

namespace countersign::domain {
namespace {

constexpr Micros kNoteEvery = minutes(1);

struct Called {
    AdminActor actor;
    AdminSession session;
};

Result<Called> actor_of(Repositories& repositories, std::string_view token, UnixMicros now) {
    Called called;
    called.session = CS_TRY(live_session(repositories, token, now));
    if (called.session.state != SessionState::active)
        return fail(ErrorCode::second_factor_required, called.session.id.text());
    if (!called.session.tenant) return fail(ErrorCode::forbidden, "acts in no organisation");
    const auto membership = CS_TRY(repositories.admin().administrators().membership(
        *called.session.tenant, called.session.administrator));
    if (!membership) return fail(ErrorCode::forbidden, "no longer a member");
    called.actor.tenant = membership->tenant;
    called.actor.actor = called.session.administrator.text();
    called.actor.permissions = permissions_of(membership->role);
    called.actor.recently_authenticated = now < called.session.authenticated_at + kFreshFor;
    return called;
}

}  // namespace

Result<AdminActor> AccessService::by_session(std::string_view token) {
    const auto now = clock_.now();
    auto called = CS_TRY(in_transaction(
        work_, Access::read, [&](Repositories& r) -> Result<Called> { return actor_of(r, token, now); }));
    if (called.session.last_seen_at + kNoteEvery <= now) {
        auto done = in_transaction(work_, Access::write, [&](Repositories& r) -> Result<void> {
            auto session = CS_TRY(live_session(r, token, now));
            session.last_seen_at = now;
            return r.admin().sessions().update(session);
        });
        CS_TRY(std::move(done));
    }
    return std::move(called.actor);
}

Result<AdminActor> AccessService::by_api_key(std::string_view token) {
    const auto now = clock_.now();
    const auto key = CS_TRY(in_transaction(work_, Access::read, [&](Repositories& r) {
        return r.admin().api_keys().find_by_token(session_token_hash(token));
    }));
    if (!key) return fail(ErrorCode::unauthenticated, "no such API key");
    if (key->expires_at && *key->expires_at <= now)
        return fail(ErrorCode::unauthenticated, "the key has expired");
    if (!key->last_used_at || *key->last_used_at + kNoteEvery <= now) {
        CS_TRY(in_transaction(work_, Access::write, [&](Repositories& r) {
            return r.admin().api_keys().used(key->tenant, key->id, now);
        }));
    }
    AdminActor actor;
    actor.tenant = key->tenant;
    actor.actor = key->id.text();
    actor.permissions = permissions_of(key->scopes);
    actor.recently_authenticated = true;
    return actor;
}

}  // namespace countersign::domain
