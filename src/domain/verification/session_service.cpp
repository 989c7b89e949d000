#include "domain/verification/session_service.hpp"

#include "crypto/digest.hpp"
#include "domain/consent/current.hpp"
#include "domain/verification/transitions.hpp"

namespace countersign::domain {

bool cookie_matches(const Verification& verification, std::string_view cookie_value) {
    const auto hash = to_hex(crypto::sha256(as_bytes(cookie_value)));
    return crypto::constant_time_equal(as_bytes(hash), as_bytes(verification.cookie_hash));
}

Result<BrowserSession> SessionService::authorise(const VerificationId& id, std::string_view cookie_value) {
    auto read = in_transaction(work_, Access::read, [&](Repositories& r) -> Result<BrowserSession> {
        BrowserSession found;
        found.verification = CS_TRY(r.verifications().find_by_id(id));
        if (!cookie_matches(found.verification, cookie_value)) {
            return fail(ErrorCode::forbidden, "the cookie is not the one of this verification");
        }
        found.integration =
            CS_TRY(r.integrations().find(found.verification.tenant, found.verification.integration));
        found.consent_text =
            CS_TRY(current_consent_text(r, found.verification.tenant, found.verification.origin.locale));
        return found;
    });
    auto session = CS_TRY(std::move(read));
    if (session.verification.consumed_at) {
        return fail(ErrorCode::already_used, "the result was already handed out");
    }
    const auto now = clock_.now();
    if (!is_final(session.verification.state) && now >= session.verification.expires_at) {
        auto expired = in_transaction(work_, Access::write, [&](Repositories& r) -> Result<Verification> {
            auto current = CS_TRY(r.verifications().find_by_id(id));
            return expire_if_due(r, current, now, random_);
        });
        session.verification = CS_TRY(std::move(expired));
    }
    session.consent_required = session.verification.state == VerificationState::opened;
    return session;
}

}  // namespace countersign::domain
