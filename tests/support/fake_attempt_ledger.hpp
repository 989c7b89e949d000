#pragma once

#include <map>
#include <string>
#include <vector>

#include "domain/capture/ports.hpp"
#include "tests/support/fakes.hpp"

namespace countersign::testing {

/// One verification in memory that keeps the promises of VerificationService which a capture relies on. For
/// tests only.
class FakeAttemptLedger final : public domain::AttemptLedger {
public:
    FakeAttemptLedger(const Clock& clock, Random& random) : clock_(clock), random_(random) {
        verification.id = VerificationId::make(clock.now(), random);
        verification.tenant = TenantId::make(clock.now(), random);
        verification.state = domain::VerificationState::consented;
    }

    domain::Verification verification;
    domain::Integration integration;
    std::vector<std::pair<CredentialId, std::vector<std::string>>>
        enrolled;  // active credential, its persons
    std::string enrolled_model{"fake/1"};
    std::optional<ErrorCode> charge_error;
    std::optional<ErrorCode> record_error;

    std::vector<domain::AttemptResult> recorded;
    std::vector<std::string> stored_samples;  // persons of an accepted enrolment
    std::vector<std::string> adaptation;      // persons of what the last capture offers to keep
    std::vector<face::Imprint> imprints;      // of all captures so far
    std::vector<std::string> signals;         // of the last capture
    std::optional<CredentialId> matched;
    int cancelled{0};

    Result<domain::ChargedAttempt> charge(const TenantId&, const VerificationId&) override {
        if (charge_error) return fail(*charge_error);
        if (verification.state == domain::VerificationState::opened) return fail(ErrorCode::consent_required);
        if (verification.attempts_left() == 0) return fail(ErrorCode::attempts_used_up);
        ++verification.attempts_used;
        verification.state = domain::VerificationState::capturing;
        domain::ChargedAttempt charged;
        charged.challenge = ChallengeId::make(clock_.now(), random_);
        verification.challenge = charged.challenge;
        charged.verification = verification;
        charged.integration = integration;
        charged.ticket = random_.token(32);
        tickets_[charged.ticket] = Ticket{charged.challenge, clock_.now() + domain::kTicketLifetime, false};
        return charged;
    }

    Result<domain::OpenedCapture> begin(std::string_view ticket) override {
        const auto place = tickets_.find(std::string(ticket));
        if (place == tickets_.end()) return fail(ErrorCode::unauthenticated);
        if (place->second.opened) return fail(ErrorCode::already_used);
        if (clock_.now() >= place->second.expires_at) return fail(ErrorCode::transaction_expired);
        place->second.opened = true;
        domain::OpenedCapture opened;
        opened.verification = verification;
        opened.integration = integration;
        opened.challenge = place->second.challenge;
        for (const auto& imprint : imprints)
            opened.earlier.push_back(copy_of(imprint));
        for (const auto& [id, persons] : enrolled) {
            domain::UnsealedCredential credential;
            credential.id = id;
            for (const auto& person : persons) {
                credential.samples.push_back(
                    {.model = enrolled_model, .data = SecretBytes(as_bytes(person))});
            }
            opened.references.push_back(std::move(credential));
        }
        return opened;
    }

    Result<domain::Verdict> record(const TenantId&, const VerificationId&, const ChallengeId& challenge,
                                   const domain::CaptureFinding& finding) override {
        if (record_error) return fail(*record_error);
        if (verification.challenge != challenge) return fail(ErrorCode::conflict);
        if (verification.state != domain::VerificationState::capturing) return fail(ErrorCode::conflict);
        recorded.push_back(finding.result);
        matched = finding.matched;
        signals = finding.signals;
        adaptation.clear();
        for (const auto& sample : finding.adaptation)
            adaptation.emplace_back(as_text(sample.data.view()));
        for (const auto& imprint : finding.imprints)
            imprints.push_back(copy_of(imprint));
        for (const auto& sample : finding.samples)
            stored_samples.emplace_back(as_text(sample.data.view()));
        domain::Verdict verdict;
        verdict.attempts_left = verification.attempts_left();
        const bool passed = finding.result == domain::AttemptResult::passed;
        if (!passed && verdict.attempts_left > 0) {
            verification.state = domain::VerificationState::consented;
            verdict.status = domain::VerdictStatus::retry;
            return verdict;
        }
        verification.state = passed ? domain::VerificationState::passed : domain::VerificationState::failed;
        verdict.status = passed ? domain::VerdictStatus::passed : domain::VerdictStatus::failed;
        verdict.code = passed ? domain::OutcomeCode::passed : domain::OutcomeCode::failed;
        return verdict;
    }

    Result<void> cancel(const TenantId&, const VerificationId&, domain::CancelReason) override {
        ++cancelled;
        verification.state = domain::VerificationState::cancelled;
        return {};
    }

private:
    static face::Imprint copy_of(const face::Imprint& imprint) {
        return {.face = {.model = imprint.face.model, .data = imprint.face.data.clone()},
                .look = imprint.look.clone()};
    }

    struct Ticket {
        ChallengeId challenge;
        UnixMicros expires_at;
        bool opened{false};
    };

    const Clock& clock_;
    Random& random_;
    std::map<std::string, Ticket> tickets_;
};

}  // namespace countersign::testing
