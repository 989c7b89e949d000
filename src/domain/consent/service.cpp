#include "domain/consent/service.hpp"

#include "domain/consent/current.hpp"
#include "domain/settled.hpp"
#include "domain/verification/transitions.hpp"

namespace countersign::domain {
namespace {

using Receipt = std::optional<ConsentId>;

Result<Settled<Receipt>> decline(Repositories& repositories, const Verification& verification, UnixMicros now,
                                 Random& random) {
    Edge edge;
    edge.event = VerificationEvent::consent_declined;
    edge.code = OutcomeCode::cancelled;
    edge.details.emplace("reason", "consent_declined");
    CS_TRY(take_edge(repositories, verification, edge, now, random));
    return Settled<Receipt>(Receipt{});
}

Result<Settled<Receipt>> accept(Repositories& repositories, const Verification& verification,
                                const ConsentText& text, UnixMicros now, Random& random) {
    Consent consent;
    consent.id = ConsentId::make(now, random);
    consent.tenant = verification.tenant;
    consent.subject = verification.subject;
    consent.verification = verification.id;
    consent.version = text.version;
    consent.locale = text.locale;
    consent.sha256 = text.sha256;
    consent.given_at = now;
    CS_TRY(repositories.consents().insert(consent));

    Edge edge;
    edge.event = VerificationEvent::consent_given;
    edge.consent = consent.id;
    edge.details = {{"consent", consent.id.text()}, {"version", text.version}, {"locale", text.locale}};
    CS_TRY(take_edge(repositories, verification, edge, now, random));
    return Settled<Receipt>(Receipt(consent.id));
}

}  // namespace

Result<Receipt> ConsentService::answer(const TenantId& tenant, const VerificationId& id,
                                       const ConsentAnswer& answer) {
    const auto now = clock_.now();
    return settle<Receipt>(work_, [&](Repositories& repositories) -> Result<Settled<Receipt>> {
        const auto text = CS_TRY(current_consent_text(repositories, tenant, answer.locale));
        if (answer.version != text.version || answer.sha256 != text.sha256 || answer.locale != text.locale) {
            return fail(ErrorCode::invalid_argument, "the answer is not about the current consent text");
        }
        auto stored = CS_TRY(repositories.verifications().find(tenant, id));
        auto verification = CS_TRY(expire_if_due(repositories, stored, now, random_));
        if (is_final(verification.state)) return Settled<Receipt>::refused(over(verification));
        if (!answer.accepted) return decline(repositories, verification, now, random_);
        return accept(repositories, verification, text, now, random_);
    });
}

}  // namespace countersign::domain
