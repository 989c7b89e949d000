#include "domain/auth0/return_service.hpp"

#include <algorithm>

#include "domain/activity/record.hpp"
#include "domain/audit/trail.hpp"
#include "domain/auth0/tokens.hpp"
#include "domain/integration/return_domain.hpp"
#include "domain/settled.hpp"
#include "domain/simulation/admission.hpp"
#include "domain/verification/session_service.hpp"
#include "domain/verification/transitions.hpp"

namespace countersign::domain {
namespace {

/// The domain may have been withdrawn while the person was in front of the camera.
Result<bool> may_return_to(Repositories& repositories, const Verification& verification,
                           const IntegrationSettings& settings, UnixMicros now) {
    const auto& domain = verification.origin.return_domain;
    if (verification.simulation) return simulation_awaits(repositories, verification, now);
    if (is_loopback_domain(domain) && !settings.allow_insecure_loopback) return false;
    return std::ranges::find(settings.return_domains, domain) != settings.return_domains.end();
}

/// A pass is worth nothing once the integration is switched off.
OutcomeCode code_to_tell(const Verification& verification, const IntegrationSettings& settings) {
    const auto code = verification.code.value_or(OutcomeCode::failed);
    return code == OutcomeCode::passed && !settings.enabled ? OutcomeCode::integration_disabled : code;
}

Result<void> audit_return(Repositories& repositories, const Verification& verification, std::string_view kind,
                          UnixMicros now, Random& random) {
    AuditEntry entry{verification.tenant, "browser", std::string(kind), verification.id.text(), {}};
    entry.details.emplace("subject", verification.subject.text());
    entry.details.emplace("code", to_string(verification.code.value_or(OutcomeCode::failed)));
    return append_audit(repositories, entry, now, random);
}

}  // namespace

Result<Return> ReturnService::take(const VerificationId& id, std::string_view cookie_value) {
    using Outcome = Settled<Return>;
    const auto now = clock_.now();
    return settle<Return>(work_, [&](Repositories& repositories) -> Result<Outcome> {
        auto stored = CS_TRY(repositories.verifications().find_by_id(id));
        if (!cookie_matches(stored, cookie_value)) {
            return fail(ErrorCode::forbidden, "the cookie is not the one of this verification");
        }
        auto verification = CS_TRY(expire_if_due(repositories, stored, now, random_));
        if (!is_final(verification.state)) return fail(ErrorCode::conflict, "the verification is still open");

        auto integration =
            CS_TRY(repositories.integrations().find(verification.tenant, verification.integration));
        const bool may_return = CS_TRY(may_return_to(repositories, verification, integration.settings, now));
        if (!may_return) {
            CS_TRY(note_after(repositories, verification, "return_refused", now));
            CS_TRY(audit_return(repositories, verification, "verification.return_refused", now, random_));
            return Outcome(fail(ErrorCode::conflict, "the return domain is not registered any more"));
        }
        CS_TRY(repositories.verifications().consume(verification.tenant, id, now));
        auto secrets = CS_TRY(valid_secrets(repositories, keys_, integration, now));
        const auto code = code_to_tell(verification, integration.settings);
        Return result;
        result.session_token = CS_TRY(make_result_token(verification, code, secrets, now, random_));
        result.continue_url = continue_url(verification.origin.return_domain);
        result.state = verification.origin.return_state;
        CS_TRY(note_after(repositories, verification, "returned", now));
        CS_TRY(audit_return(repositories, verification, "verification.returned", now, random_));
        return Outcome(std::move(result));
    });
}

}  // namespace countersign::domain
