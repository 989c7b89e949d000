#include "domain/verification/transitions.hpp"

#include "domain/audit/trail.hpp"

namespace countersign::domain {

Result<Verification> take_edge(Repositories& repositories, const Verification& verification, const Edge& edge,
                               UnixMicros now, Random& random) {
    const auto to = step(verification.state, edge.event);
    if (!to) return fail(ErrorCode::conflict, "the verification does not allow this step");
    CS_CHECK(is_final(*to) == edge.code.has_value());

    VerificationChange change;
    change.from = verification.state;
    change.to = *to;
    change.expected_challenge = verification.challenge;
    change.consent = edge.consent;
    change.code = edge.code;
    change.credential = edge.credential;
    if (is_final(*to)) change.decided_at = now;
    CS_TRY(repositories.verifications().change(verification.tenant, verification.id, change));

    // A lost attempt goes back to an earlier state; the audit names what happened, not where it led.
    const std::string_view what =
        edge.event == VerificationEvent::attempt_lost ? "attempt_lost" : to_string(*to);
    AuditEntry entry{verification.tenant, "browser", fmt::format("verification.{}", what),
                     verification.id.text(), edge.details};
    entry.details.emplace("subject", verification.subject.text());
    entry.details.emplace("purpose", to_string(verification.purpose));
    if (edge.code) entry.details.emplace("code", to_string(*edge.code));
    CS_TRY(append_audit(repositories, entry, now, random));

    Verification moved = verification;
    moved.state = *to;
    if (edge.consent) moved.consent = edge.consent;
    if (edge.code) moved.code = edge.code;
    if (edge.credential) moved.credential = edge.credential;
    if (change.decided_at) moved.decided_at = change.decided_at;
    return moved;
}

Result<Verification> expire_if_due(Repositories& repositories, const Verification& verification,
                                   UnixMicros now, Random& random) {
    if (is_final(verification.state) || now < verification.expires_at) return verification;
    Edge edge;
    edge.event = VerificationEvent::time_over;
    edge.code = OutcomeCode::expired;
    return take_edge(repositories, verification, edge, now, random);
}

Result<void> lock_subject(Repositories& repositories, const Subject& subject, UnixMicros now,
                          Random& random) {
    CS_TRY(repositories.subjects().set_state(subject.tenant, subject.id, SubjectState::locked));
    const AuditEntry entry{subject.tenant, "system", "subject.locked", subject.id.text(), {}};
    return append_audit(repositories, entry, now, random);
}

Error over(const Verification& verification) {
    switch (verification.code.value_or(OutcomeCode::failed)) {
        case OutcomeCode::expired:
            return fail(ErrorCode::transaction_expired, "the verification has expired").value();
        case OutcomeCode::locked:
            return fail(ErrorCode::locked, "the subject is locked").value();
        case OutcomeCode::failed:
            return fail(ErrorCode::attempts_used_up, "the verification has failed").value();
        case OutcomeCode::not_enrolled:
            return fail(ErrorCode::not_enrolled, "the subject has no credential").value();
        case OutcomeCode::integration_disabled:
            return fail(ErrorCode::forbidden, "the integration is switched off").value();
        case OutcomeCode::passed:
        case OutcomeCode::cancelled:
            break;
    }
    return fail(ErrorCode::conflict, "the verification is over").value();
}

}  // namespace countersign::domain
