#include "domain/auth0/confirm_service.hpp"

#include <algorithm>

#include "crypto/digest.hpp"
#include "domain/activity/record.hpp"
#include "domain/audit/trail.hpp"
#include "domain/auth0/tokens.hpp"
#include "domain/settled.hpp"

namespace countersign::domain {
namespace {

using Outcome = Settled<Confirmation>;

bool is_about(const ConfirmClaims& claims, const Verification& verification,
              const IntegrationId& integration) {
    const auto& origin = verification.origin;
    return verification.integration == integration && claims.issuer == origin.issuer &&
           claims.subject == origin.subject_external_id &&
           crypto::constant_time_equal(as_bytes(claims.nonce), as_bytes(origin.nonce));
}

/// nullopt: may be confirmed now.
std::optional<Error> obstacle(const Verification& verification, const Integration& integration,
                              UnixMicros now) {
    if (verification.confirmed_at) return fail(ErrorCode::conflict, "confirmed before").value();
    const bool passed = verification.state == VerificationState::passed &&
                        verification.consumed_at.has_value() && verification.decided_at.has_value() &&
                        verification.credential.has_value();
    if (!passed)
        return fail(ErrorCode::conflict, "the verification has no result that could be confirmed").value();
    if (!integration.settings.enabled)
        return fail(ErrorCode::conflict, "the integration is switched off").value();
    if (now - *verification.decided_at > kConfirmWithin) {
        return fail(ErrorCode::transaction_expired, "later than five minutes after the result").value();
    }
    return std::nullopt;
}

/// Makes a pending credential active, or checks that the matched one still is. Errors: conflict.
Result<void> settle_credential(Repositories& repositories, const Verification& verification, UnixMicros now) {
    auto credentials =
        CS_TRY(repositories.credentials().of_subject(verification.tenant, verification.subject));
    const auto mine = std::ranges::find(credentials, *verification.credential, &Credential::id);
    if (mine == credentials.end()) return fail(ErrorCode::conflict, "the credential is gone");
    if (verification.purpose == Purpose::verification) {
        if (mine->state == CredentialState::active) return {};
        return fail(ErrorCode::conflict, "the credential was revoked");
    }
    if (has_active(credentials)) return fail(ErrorCode::conflict, "another credential became active first");
    CS_TRY(repositories.credentials().change_state(verification.tenant, mine->id, CredentialState::pending,
                                                   CredentialState::active, now));
    const auto samples = CS_TRY(repositories.credentials().samples(verification.tenant, mine->id));
    return repositories.subjects().set_enrolment(
        verification.tenant, verification.subject,
        Enrolment{now, static_cast<int>(samples.size()), verification.integration});
}

Result<void> audit_confirm(Repositories& repositories, const Verification& verification, const Error* refusal,
                           UnixMicros now, Random& random) {
    AuditEntry entry{verification.tenant,
                     verification.integration.text(),
                     refusal ? "verification.confirm_refused" : "verification.confirmed",
                     verification.id.text(),
                     {}};
    entry.details.emplace("subject", verification.subject.text());
    if (verification.credential) entry.details.emplace("credential", verification.credential->text());
    if (refusal) entry.details.emplace("reason", refusal->detail);
    return append_audit(repositories, entry, now, random);
}

Result<Outcome> settle_confirmation(Repositories& repositories, const Verification& verification,
                                    const Integration& integration, UnixMicros now, Random& random) {
    auto refusal = obstacle(verification, integration, now);
    if (!refusal) {
        auto subject = CS_TRY(repositories.subjects().find(verification.tenant, verification.subject));
        if (subject.state != SubjectState::active)
            refusal = fail(ErrorCode::conflict, "the subject is locked").value();
    }
    if (!refusal) {
        const auto settled = settle_credential(repositories, verification, now);
        if (!settled) refusal = settled.error();
    }
    if (refusal && refusal->code != ErrorCode::conflict && refusal->code != ErrorCode::transaction_expired) {
        return tl::unexpected(*std::move(refusal));
    }
    CS_TRY(note_after(repositories, verification, refusal ? "confirm_refused" : "confirmed", now));
    CS_TRY(audit_confirm(repositories, verification, refusal ? &*refusal : nullptr, now, random));
    if (refusal) return Outcome(tl::unexpected(*std::move(refusal)));

    CS_TRY(repositories.verifications().confirm(verification.tenant, verification.id, now));
    Confirmation confirmation;
    confirmation.method = verification.purpose == Purpose::enrolment ? Method::enrolled : Method::verified;
    confirmation.credential = *verification.credential;
    return Outcome(std::move(confirmation));
}

}  // namespace

Result<Confirmation> ConfirmService::confirm(std::string_view confirm_token) {
    auto id = CS_TRY(unverified_integration(confirm_token));
    const auto now = clock_.now();
    return settle<Confirmation>(work_, [&](Repositories& repositories) -> Result<Outcome> {
        const auto refuse = [](std::string detail) {
            return fail(ErrorCode::unauthenticated, std::move(detail));
        };
        const auto integration = repositories.integrations().find_by_id(id);
        if (!integration) {
            if (integration.error().code == ErrorCode::not_found) return refuse("unknown integration");
            return tl::unexpected(integration.error());
        }
        auto secrets = CS_TRY(valid_secrets(repositories, keys_, *integration, now));
        const auto claims = read_confirm_token(confirm_token, secrets, id, clock_);
        if (!claims) return refuse(claims.error().detail);

        const auto verification =
            repositories.verifications().find(integration->tenant, claims->verification);
        if (!verification) {
            if (verification.error().code == ErrorCode::not_found) return refuse("unknown verification");
            return tl::unexpected(verification.error());
        }
        if (!is_about(*claims, *verification, id)) return refuse("the token is about another verification");
        return settle_confirmation(repositories, *verification, *integration, now, random_);
    });
}

}  // namespace countersign::domain
