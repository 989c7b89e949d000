#include "domain/admin/idempotency.hpp"

#include "domain/admin/session_view.hpp"

namespace countersign::domain {
namespace {

Result<KeptAnswer> repeated(const IdempotentRequest& before, const IdempotentRequest& now) {
    if (before.request_hash != now.request_hash)
        return fail_field(ErrorCode::conflict, "Idempotency-Key", "This key was used for another request.");
    if (!before.status)
        return fail_field(ErrorCode::conflict, "Idempotency-Key", "The first request is still under way.");
    if (!before.body) return fail(ErrorCode::idempotency_replayed, "the answer held a secret");
    return KeptAnswer{*before.status, before.body};
}

}  // namespace

Result<KeptAnswer> IdempotencyService::once(const AdminActor& actor, std::string_view key,
                                            std::string_view request,
                                            const std::function<Result<KeptAnswer>()>& work) {
    IdempotentRequest claim;
    claim.tenant = actor.tenant;
    claim.actor = actor.actor;
    claim.key = std::string(key);
    claim.request_hash = session_token_hash(request);
    claim.created_at = clock_.now();
    const auto before = CS_TRY(in_transaction(
        work_, Access::write, [&](Repositories& r) { return r.admin().idempotency().claim(claim); }));
    if (before) return repeated(*before, claim);

    auto answer = work();
    CS_TRY(in_transaction(work_, Access::write, [&](Repositories& r) {
        if (!answer) return r.admin().idempotency().release(claim);
        claim.status = answer->status;
        claim.body = answer->body;
        return r.admin().idempotency().finish(claim);
    }));
    return answer;
}

}  // namespace countersign::domain
