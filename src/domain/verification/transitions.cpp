#include "domain/verification/transitions.hpp"

#include "domain/activity/record.hpp"
#include "domain/audit/trail.hpp"

namespace countersign::domain {
namespace {

std::optional<std::string> cause_after(const Verification& verification, const Edge& edge,
                                       VerificationState to) {
    if (to == VerificationState::passed) return std::nullopt;
    if (edge.cause) return edge.cause;
    if (edge.obstacle) return edge.obstacle;
    if (is_final(to) && edge.code) return std::string(to_string(*edge.code));
    return verification.cause;
}

/// The timeline and the figures, from the row as it is now.
Result<void> note(Repositories& repositories, const Verification& moved, const Edge& edge, UnixMicros now) {
    if (edge.cause) CS_TRY(note_lost_attempt(repositories, moved, *edge.cause, now));
    if (is_final(moved.state)) return note_end(repositories, moved, now);
    if (edge.event == VerificationEvent::consent_given)
        return note_stage(repositories, moved, Stage::consent, now);
    return {};
}

}  // namespace

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
    change.cause = cause_after(verification, edge, *to);
    change.duration = edge.duration;
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
    if (change.duration) moved.duration = change.duration;
    moved.cause = change.cause;
    CS_TRY(note(repositories, moved, edge, now));
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

Result<LockoutPolicy> lockout_of(Repositories& repositories, const TenantId& tenant) {
    auto settings = CS_TRY(repositories.tenant_settings().find(tenant));
    return settings.lockout;
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
