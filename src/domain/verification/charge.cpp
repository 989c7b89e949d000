// VerificationService::charge_attempt and begin_capture: what happens before anything is computed.
#include "crypto/digest.hpp"
#include "domain/activity/record.hpp"
#include "domain/audit/trail.hpp"
#include "domain/settled.hpp"
#include "domain/verification/service.hpp"
#include "domain/verification/transitions.hpp"

namespace countersign::domain {
namespace {

/// The cause in the audit and the portal.
constexpr std::string_view kOtherModel = "other_model";

std::string hash_of(std::string_view ticket) {
    return to_hex(crypto::sha256(as_bytes(ticket)));
}

Edge closing(OutcomeCode code, std::string_view reason) {
    Edge edge;
    edge.event = VerificationEvent::cancelled;
    edge.code = code;
    edge.details.emplace("reason", reason);
    return edge;
}

/// Ends the verification of a locked subject, locking it now if the counter just got there.
Result<Error> close_locked(Repositories& repositories, const Verification& verification,
                           const Subject& subject, UnixMicros now, Random& random) {
    if (subject.state == SubjectState::active) CS_TRY(lock_subject(repositories, subject, now, random));
    const auto edge = closing(OutcomeCode::locked, to_string(subject.state));
    auto closed = CS_TRY(take_edge(repositories, verification, edge, now, random));
    return over(closed);
}

/// No attempt is left. When the last capture cannot bring a verdict any more, the verification has failed.
Result<Error> refuse_spent(Repositories& repositories, const Verification& verification, UnixMicros now,
                           Random& random) {
    if (verification.state == VerificationState::capturing && verification.challenge) {
        auto running =
            CS_TRY(repositories.verifications().find_ticket(verification.tenant, *verification.challenge));
        if (now >= running.created_at + kCaptureLifetime) {
            Edge edge;
            edge.event = VerificationEvent::attempts_spent;
            edge.code = OutcomeCode::failed;
            edge.cause = to_string(AttemptResult::aborted);
            edge.details.emplace("cause", *edge.cause);
            CS_TRY(take_edge(repositories, verification, edge, now, random));
        }
    }
    return fail(ErrorCode::attempts_used_up, "no attempt is left").value();
}

/// Whether there is a template that can be compared. A person without any must not be led to enrol anew by a
/// password alone: that is an administrator's decision (ADR 0063).
Result<bool> comparable(Repositories& repositories, const Verification& verification,
                        const TemplateModels& models) {
    if (verification.purpose == Purpose::enrolment) return true;
    const auto credentials =
        CS_TRY(repositories.credentials().of_subject(verification.tenant, verification.subject));
    const auto usable = [&](const Credential& c) {
        return c.state == CredentialState::active && models.has(c.model);
    };
    return !has_active(credentials) || std::ranges::any_of(credentials, usable);
}

/// Whether this verification may go on at all; the refusals leave their mark.
Result<std::optional<Error>> refusal(Repositories& repositories, const Verification& verification,
                                     const Integration& integration, const TemplateModels& models,
                                     UnixMicros now, Random& random) {
    using Refusal = std::optional<Error>;
    if (is_final(verification.state)) return Refusal(over(verification));
    if (verification.state == VerificationState::opened) {
        return Refusal(fail(ErrorCode::consent_required, "a consent must be recorded first").value());
    }
    if (!integration.settings.enabled) {
        const auto edge = closing(OutcomeCode::integration_disabled, "integration_disabled");
        auto closed = CS_TRY(take_edge(repositories, verification, edge, now, random));
        return Refusal(over(closed));
    }
    auto subject = CS_TRY(repositories.subjects().find(verification.tenant, verification.subject));
    const auto policy = CS_TRY(lockout_of(repositories, verification.tenant));
    const auto allowed = allowance(policy, subject.failed_attempts, subject.last_attempt_at, now);
    if (subject.state != SubjectState::active || allowed == Allowance::locked) {
        auto locked = CS_TRY(close_locked(repositories, verification, subject, now, random));
        return Refusal(locked);
    }
    if (allowed == Allowance::delayed) {
        return Refusal(fail(ErrorCode::rate_limited, "too many failed attempts: wait a little").value());
    }
    const bool possible = CS_TRY(comparable(repositories, verification, models));
    if (!possible) {
        auto edge = closing(OutcomeCode::not_enrolled, kOtherModel);
        edge.obstacle = kOtherModel;
        auto closed = CS_TRY(take_edge(repositories, verification, edge, now, random));
        return Refusal(over(closed));
    }
    return Refusal();
}

Result<void> record_charge(Repositories& repositories, const ChargedAttempt& charged, UnixMicros now,
                           Random& random) {
    CaptureTicket ticket;
    ticket.id = charged.challenge;
    ticket.tenant = charged.verification.tenant;
    ticket.verification = charged.verification.id;
    ticket.ticket_hash = hash_of(charged.ticket);
    ticket.created_at = now;
    ticket.expires_at = now + kTicketLifetime;
    CS_TRY(repositories.verifications().insert_ticket(ticket));

    AuditEntry entry{
        ticket.tenant, "browser", "verification.attempt_charged", ticket.verification.text(), {}};
    entry.details.emplace("subject", charged.verification.subject.text());
    entry.details.emplace("challenge", ticket.id.text());
    entry.details.emplace("attempt", std::to_string(charged.verification.attempts_used));
    return append_audit(repositories, entry, now, random);
}

}  // namespace

Result<ChargedAttempt> VerificationService::charge_attempt(const TenantId& tenant, const VerificationId& id) {
    using Outcome = Settled<ChargedAttempt>;
    const auto now = clock_.now();
    return settle<ChargedAttempt>(work_, [&](Repositories& repositories) -> Result<Outcome> {
        auto stored = CS_TRY(repositories.verifications().find(tenant, id));
        ChargedAttempt charged;
        charged.verification = CS_TRY(expire_if_due(repositories, stored, now, random_));
        charged.integration = CS_TRY(repositories.integrations().find(tenant, stored.integration));
        auto refused =
            CS_TRY(refusal(repositories, charged.verification, charged.integration, models_, now, random_));
        if (refused) return Outcome::refused(*std::move(refused));

        charged.challenge = ChallengeId::make(now, random_);
        charged.ticket = random_.token(32);
        const auto used = repositories.verifications().charge(tenant, id, charged.challenge, now);
        if (!used) {
            if (used.error().code != ErrorCode::attempts_used_up) return tl::unexpected(used.error());
            auto spent = CS_TRY(refuse_spent(repositories, charged.verification, now, random_));
            return Outcome::refused(std::move(spent));
        }
        CS_TRY(repositories.subjects().charge(tenant, stored.subject, now));
        charged.verification.attempts_used = *used;
        charged.verification.state = VerificationState::capturing;
        charged.verification.challenge = charged.challenge;
        CS_TRY(record_charge(repositories, charged, now, random_));
        return Outcome(std::move(charged));
    });
}

Result<OpenedCapture> VerificationService::begin_capture(std::string_view ticket) {
    const auto now = clock_.now();
    return in_transaction(work_, Access::write, [&](Repositories& repositories) -> Result<OpenedCapture> {
        const auto stored = repositories.verifications().find_ticket(hash_of(ticket));
        if (!stored) {
            const auto& error = stored.error();
            const bool unknown = error.code == ErrorCode::not_found;
            return fail(unknown ? ErrorCode::unauthenticated : error.code, error.detail);
        }
        CS_TRY(repositories.verifications().open_ticket(stored->tenant, stored->id, now));

        OpenedCapture opened;
        opened.challenge = stored->id;
        opened.verification = CS_TRY(repositories.verifications().find(stored->tenant, stored->verification));
        const auto& verification = opened.verification;
        if (is_final(verification.state)) return tl::unexpected(over(verification));
        if (now >= verification.expires_at)
            return fail(ErrorCode::transaction_expired, "the verification has expired");
        if (verification.state != VerificationState::capturing || verification.challenge != stored->id) {
            return fail(ErrorCode::conflict, "a newer capture took over");
        }
        CS_TRY(note_stage(repositories, verification, Stage::camera, now));
        opened.integration =
            CS_TRY(repositories.integrations().find(stored->tenant, verification.integration));
        auto subject = CS_TRY(repositories.subjects().find(stored->tenant, verification.subject));
        if (subject.state != SubjectState::active) return fail(ErrorCode::locked, "the subject is locked");
        opened.earlier = CS_TRY(vault_.load_imprints(repositories, subject));
        if (verification.purpose == Purpose::enrolment) return opened;
        opened.references = CS_TRY(vault_.load_active(repositories, subject));
        if (opened.references.empty())
            return fail(ErrorCode::not_enrolled, "the subject has no active credential");
        return opened;
    });
}

}  // namespace countersign::domain
