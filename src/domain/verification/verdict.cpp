// VerificationService::record_verdict and cancel: how an attempt or a verification ends.
#include <fmt/ranges.h>

#include <algorithm>

#include "domain/activity/record.hpp"
#include "domain/audit/trail.hpp"
#include "domain/credential/adaptation.hpp"
#include "domain/settled.hpp"
#include "domain/verification/service.hpp"
#include "domain/verification/transitions.hpp"

namespace countersign::domain {
namespace {

struct Attempt {
    Verification verification;
    Subject subject;
    const CaptureFinding& finding;
    Micros duration;
};

Verdict verdict_of(const Verification& verification) {
    Verdict verdict;
    verdict.attempts_left = verification.attempts_left();
    verdict.code = verification.code;
    if (!is_final(verification.state)) {
        verdict.status = VerdictStatus::retry;
    } else if (verification.state == VerificationState::passed) {
        verdict.status = VerdictStatus::passed;
    }
    return verdict;
}

Edge edge_of(const Attempt& attempt, VerificationEvent event, std::optional<OutcomeCode> code) {
    Edge edge;
    edge.event = event;
    edge.code = code;
    edge.duration = attempt.duration;
    if (attempt.finding.result != AttemptResult::passed) edge.cause = to_string(attempt.finding.result);
    edge.details.emplace("cause", to_string(attempt.finding.result));
    edge.details.emplace("attempt", std::to_string(attempt.verification.attempts_used));
    if (!attempt.finding.signals.empty()) {
        edge.details.emplace("signals", fmt::format("{}", fmt::join(attempt.finding.signals, " ")));
        edge.details.emplace("risk", std::to_string(attempt.finding.risk));
    }
    return edge;
}

/// How far the capture came, told with its end: no commit of its own while the camera runs.
Result<void> note_progress(Repositories& repositories, const Verification& verification,
                           const CaptureFinding& finding) {
    if (finding.face_at) CS_TRY(note_stage(repositories, verification, Stage::face, *finding.face_at));
    if (finding.challenge_at)
        CS_TRY(note_stage(repositories, verification, Stage::challenge, *finding.challenge_at));
    return {};
}

/// A failed attempt: again, out of attempts, or one failure too many for the account.
Result<Verification> settle_failure(Repositories& repositories, const Attempt& attempt, UnixMicros now,
                                    Random& random) {
    const auto& subject = attempt.subject;
    const auto policy = CS_TRY(lockout_of(repositories, subject.tenant));
    if (subject.state == SubjectState::active && subject.failed_attempts >= policy.lock_after) {
        CS_TRY(lock_subject(repositories, subject, now, random));
        const auto edge = edge_of(attempt, VerificationEvent::cancelled, OutcomeCode::locked);
        return take_edge(repositories, attempt.verification, edge, now, random);
    }
    const bool spent = attempt.verification.attempts_left() <= 0;
    const auto edge = spent ? edge_of(attempt, VerificationEvent::attempts_spent, OutcomeCode::failed)
                            : edge_of(attempt, VerificationEvent::attempt_lost, std::nullopt);
    return take_edge(repositories, attempt.verification, edge, now, random);
}

/// Why a face that held all checks is still not let through: the world changed while it was checked.
std::optional<OutcomeCode> blocked_by(const Integration& integration, const Attempt& attempt,
                                      const std::vector<Credential>& credentials) {
    if (!integration.settings.enabled) return OutcomeCode::integration_disabled;
    if (attempt.subject.state != SubjectState::active) return OutcomeCode::locked;
    if (attempt.verification.purpose == Purpose::enrolment) {
        return has_active(credentials) ? std::optional(OutcomeCode::cancelled) : std::nullopt;
    }
    const bool matched = std::ranges::any_of(credentials, [&](const auto& c) {
        return c.id == attempt.finding.matched && c.state == CredentialState::active;
    });
    return matched ? std::nullopt : std::optional(OutcomeCode::not_enrolled);
}

/// The samples of the capture in the place of those of the previous model. Another capture may have done so
/// meanwhile.
Result<void> renew(Repositories& repositories, const TemplateVault& vault, const Attempt& attempt,
                   const Credential& stored, UnixMicros now, Random& random) {
    const auto& samples = attempt.finding.samples;
    const std::string& model = samples.front().model;
    if (stored.model == model) return {};
    const Subject& subject = attempt.subject;
    CS_TRY(vault.renew(repositories, subject, stored, samples, now));
    if (subject.enrolled_at && subject.integration) {
        const Enrolment enrolment{*subject.enrolled_at, static_cast<int>(samples.size()),
                                  *subject.integration};
        CS_TRY(repositories.subjects().set_enrolment(subject.tenant, subject.id, enrolment));
    }
    AuditEntry entry{subject.tenant, "system", "credential.renewed", stored.id.text(), {}};
    entry.details.emplace("subject", subject.id.text());
    entry.details.emplace("verification", attempt.verification.id.text());
    entry.details.emplace("from_model", stored.model);
    entry.details.emplace("to_model", model);
    return append_audit(repositories, entry, now, random);
}

/// A check that passed may leave something for the next one. Settings count as they stand now.
Result<void> learn(Repositories& repositories, const TemplateVault& vault, const Attempt& attempt,
                   const IntegrationSettings& settings, const Credential& stored, UnixMicros now,
                   Random& random) {
    const auto& [verification, subject, finding, duration] = attempt;
    if (!finding.samples.empty()) return renew(repositories, vault, attempt, stored, now, random);
    if (finding.adaptation.empty() || !settings.adapt_templates) return {};
    const Adaptation adaptation{finding.adaptation.front(), verification.id};
    return adapt_credential(repositories, vault, subject, stored, adaptation, now, random);
}

Result<Verification> settle_pass(Repositories& repositories, const TemplateVault& vault,
                                 const Attempt& attempt, UnixMicros now, Random& random) {
    const auto& [verification, subject, finding, duration] = attempt;
    auto integration =
        CS_TRY(repositories.integrations().find(verification.tenant, verification.integration));
    auto credentials = CS_TRY(repositories.credentials().of_subject(subject.tenant, subject.id));
    if (const auto blocked = blocked_by(integration, attempt, credentials)) {
        const auto edge = edge_of(attempt, VerificationEvent::cancelled, blocked);
        return take_edge(repositories, verification, edge, now, random);
    }
    auto edge = edge_of(attempt, VerificationEvent::attempt_passed, OutcomeCode::passed);
    edge.credential = finding.matched;
    if (verification.purpose == Purpose::enrolment) {
        edge.credential =
            CS_TRY(vault.store_pending(repositories, subject, verification.id, finding.samples, now));
    } else {
        const auto stored = std::ranges::find(credentials, *finding.matched, &Credential::id);
        CS_TRY(learn(repositories, vault, attempt, integration.settings, *stored, now, random));
    }
    edge.details.emplace("credential", edge.credential->text());
    CS_TRY(repositories.subjects().reset_attempts(subject.tenant, subject.id, now));
    return take_edge(repositories, verification, edge, now, random);
}

}  // namespace

Result<Verdict> VerificationService::record_verdict(const TenantId& tenant, const VerificationId& id,
                                                    const ChallengeId& challenge,
                                                    const CaptureFinding& finding) {
    using Outcome = Settled<Verdict>;
    const auto now = clock_.now();
    return settle<Verdict>(work_, [&](Repositories& repositories) -> Result<Outcome> {
        auto stored = CS_TRY(repositories.verifications().find(tenant, id));
        auto current = CS_TRY(expire_if_due(repositories, stored, now, random_));
        if (is_final(current.state)) return Outcome::refused(over(current));
        if (current.state != VerificationState::capturing || current.challenge != challenge) {
            return fail(ErrorCode::conflict, "this is not the running capture");
        }
        auto subject = CS_TRY(repositories.subjects().find(tenant, current.subject));
        const auto ticket = CS_TRY(repositories.verifications().find_ticket(tenant, challenge));
        CS_TRY(note_progress(repositories, current, finding));
        CS_TRY(vault_.keep_imprints(repositories, subject, challenge, finding.imprints,
                                    finding.result == AttemptResult::passed, now));
        const Attempt attempt{current, subject, finding, now - ticket.opened_at.value_or(ticket.created_at)};
        if (finding.result != AttemptResult::passed) {
            auto failed = CS_TRY(settle_failure(repositories, attempt, now, random_));
            return Outcome(verdict_of(failed));
        }

        auto passed = CS_TRY(settle_pass(repositories, vault_, attempt, now, random_));
        return Outcome(verdict_of(passed));
    });
}

Result<void> VerificationService::cancel(const TenantId& tenant, const VerificationId& id,
                                         CancelReason reason) {
    const auto now = clock_.now();
    auto done = settle<bool>(work_, [&](Repositories& repositories) -> Result<Settled<bool>> {
        auto stored = CS_TRY(repositories.verifications().find(tenant, id));
        auto verification = CS_TRY(expire_if_due(repositories, stored, now, random_));
        if (is_final(verification.state)) return Settled<bool>::refused(over(verification));
        Edge edge;
        edge.event = VerificationEvent::cancelled;
        edge.code = OutcomeCode::cancelled;
        edge.details.emplace("reason", reason == CancelReason::cancelled ? "cancelled" : "other_method");
        CS_TRY(take_edge(repositories, verification, edge, now, random_));
        return Settled<bool>(true);
    });
    if (!done) return tl::unexpected(std::move(done).error());
    return {};
}

}  // namespace countersign::domain
