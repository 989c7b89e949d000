#pragma once

#include <rapidcheck.h>

#include "domain/login_contract.hpp"

namespace countersign::domain {

class VerificationContract : public LoginContract {
protected:
    Started open_for_capture(std::string_view sub = "auth0|alice") {
        auto started = start_as(sub).value();
        if (row(started.verification).state == VerificationState::opened)
            consent(started.verification).value();
        return started;
    }
    /// Fails `count` attempts of enrolled Alice, over as many verifications as it takes, without waiting.
    void fail_attempts(int count) {
        for (int i = 0; i < count; ++i) {
            const auto started = open_for_capture();
            clock.advance(seconds(31));
            ASSERT_TRUE(attempt(started.verification, AttemptResult::no_match));
        }
    }
};

TEST_P(VerificationContract, RefusesACaptureWithoutConsentAndStoresNothing) {
    const auto started = start_as("auth0|alice").value();

    EXPECT_EQ(code_of(charge(started.verification)), ErrorCode::consent_required);
    EXPECT_EQ(row(started.verification).attempts_used, 0);
    EXPECT_EQ(audited("verification.attempt_charged"), 0);
}

TEST_P(VerificationContract, RecordsTheConsentThatWasShown) {
    const auto started = start_as("auth0|alice").value();
    const auto& text = consent_text("de");
    const auto answer = [&](ConsentAnswer a) {
        return services->consents.answer(tenant.id, started.verification, a);
    };
    EXPECT_EQ(code_of(answer({"2020-01-01", text.sha256, "de", true})), ErrorCode::invalid_argument);
    EXPECT_EQ(code_of(answer({text.version, consent_text("en").sha256, "de", true})),
              ErrorCode::invalid_argument);

    const auto receipt = answer({text.version, text.sha256, "de", true});

    ASSERT_TRUE(receipt && *receipt);
    const auto consents = services->subjects.show(tenant.id, subject().id).value().consents;
    ASSERT_EQ(consents.size(), 1U);
    EXPECT_EQ(consents[0].id, **receipt);
    EXPECT_EQ(consents[0].locale, "de");
    EXPECT_EQ(consents[0].sha256, text.sha256);
    EXPECT_EQ(consents[0].given_at, clock.now());
    EXPECT_EQ(row(started.verification).state, VerificationState::consented);
    EXPECT_EQ(code_of(answer({text.version, text.sha256, "de", true})), ErrorCode::conflict)
        << "answered once";
}

TEST_P(VerificationContract, EndsWithCancelledWhenTheConsentIsDeclined) {
    const auto started = start_as("auth0|alice").value();

    EXPECT_FALSE(consent(started.verification, false).value().has_value());

    EXPECT_EQ(row(started.verification).code, OutcomeCode::cancelled);
    EXPECT_EQ(code_of(charge(started.verification)), ErrorCode::conflict);
    EXPECT_EQ(code_of(consent(started.verification)), ErrorCode::conflict);
}

TEST_P(VerificationContract, GrantsNoMoreThanTheLimitInParallel) {
    const auto started = open_for_capture();

    const int granted = count_in_parallel(200, [&] { return charge(started.verification).has_value(); });

    EXPECT_EQ(granted, 3);
    EXPECT_EQ(row(started.verification).attempts_used, 3) << "the row is the authority, not the process";
    EXPECT_EQ(subject().failed_attempts, 3);
    EXPECT_EQ(code_of(charge(started.verification)), ErrorCode::attempts_used_up);
}

TEST_P(VerificationContract, FailsAfterTheLastAttemptAndKeepsTheCauseInTheAuditOnly) {
    const auto started = open_for_capture();

    const auto first = attempt(started.verification, AttemptResult::not_live_active).value();
    const auto second = attempt(started.verification, AttemptResult::face_timeout).value();
    const auto third = attempt(started.verification, AttemptResult::no_match).value();

    EXPECT_EQ(first.status, VerdictStatus::retry);
    EXPECT_EQ(first.attempts_left, 2);
    EXPECT_EQ(first.code, std::nullopt);
    EXPECT_EQ(second.attempts_left, 1);
    EXPECT_EQ(third.status, VerdictStatus::failed);
    EXPECT_EQ(third.code, OutcomeCode::failed);
    EXPECT_EQ(code_of(charge(started.verification)), ErrorCode::attempts_used_up);
    const auto events = audit();
    EXPECT_EQ(events.back().entry.kind, "verification.failed");
    EXPECT_EQ(events.back().entry.details.at("cause"), "no_match");
}

TEST_P(VerificationContract, FailsAVerificationWhoseLastCaptureVanished) {
    const auto started = open_for_capture();
    for (int i = 0; i < 3; ++i)
        ASSERT_TRUE(charge(started.verification));
    EXPECT_EQ(code_of(charge(started.verification)), ErrorCode::attempts_used_up);
    EXPECT_EQ(row(started.verification).state, VerificationState::capturing)
        << "it may still bring a verdict";

    clock.advance(kCaptureLifetime);
    EXPECT_EQ(code_of(charge(started.verification)), ErrorCode::attempts_used_up);

    EXPECT_EQ(row(started.verification).code, OutcomeCode::failed);
}

TEST_P(VerificationContract, OpensACaptureOnceAndInTime) {
    const auto started = open_for_capture();
    const auto charged = charge(started.verification).value();

    EXPECT_EQ(count_in_parallel(
                  30, [&] { return services->verifications.begin_capture(charged.ticket).has_value(); }),
              1);
    EXPECT_EQ(code_of(services->verifications.begin_capture(charged.ticket)), ErrorCode::already_used);
    EXPECT_EQ(code_of(services->verifications.begin_capture("no such ticket")), ErrorCode::unauthenticated);

    const auto late = charge(started.verification).value();
    clock.advance(kTicketLifetime);
    EXPECT_EQ(code_of(services->verifications.begin_capture(late.ticket)), ErrorCode::transaction_expired);
}

TEST_P(VerificationContract, TakesNoVerdictFromACaptureThatWasReplaced) {
    const auto started = open_for_capture();
    const auto older = charge(started.verification).value();
    const auto newer = charge(started.verification).value();
    const auto samples = templates();
    const CaptureFinding passed{AttemptResult::passed, std::nullopt, samples};

    EXPECT_EQ(code_of(services->verifications.begin_capture(older.ticket)), ErrorCode::conflict);
    EXPECT_EQ(code_of(services->verifications.record_verdict(tenant.id, started.verification, older.challenge,
                                                             passed)),
              ErrorCode::conflict);
    EXPECT_TRUE(
        services->verifications.record_verdict(tenant.id, started.verification, newer.challenge, passed));
    EXPECT_FALSE(
        services->verifications.record_verdict(tenant.id, started.verification, newer.challenge, passed));
}

TEST_P(VerificationContract, StoresNothingWhenAPassCannotBeRecorded) {
    const auto started = open_for_capture();
    const auto charged = charge(started.verification).value();
    const CaptureFinding without_samples{AttemptResult::passed, std::nullopt, {}};

    EXPECT_EQ(code_of(services->verifications.record_verdict(tenant.id, started.verification,
                                                             charged.challenge, without_samples)),
              ErrorCode::invalid_argument);

    EXPECT_EQ(row(started.verification).state, VerificationState::capturing);
    EXPECT_EQ(subject().failed_attempts, 1) << "a success that was not stored resets nothing";
}

TEST_P(VerificationContract, GivesTheStoredTemplatesToAVerificationAndPassesTheMatchedCredential) {
    const auto enrolled = enrol();
    const auto started = open_for_capture();
    const auto charged = charge(started.verification).value();

    const auto opened = services->verifications.begin_capture(charged.ticket);

    ASSERT_TRUE(opened);
    ASSERT_EQ(opened->references.size(), 1U);
    EXPECT_EQ(opened->references[0].id, enrolled.credential);
    ASSERT_EQ(opened->references[0].samples.size(), 3U);
    EXPECT_EQ(as_text(opened->references[0].samples[2].data.view()), kTemplateBytes);
    EXPECT_EQ(opened->references[0].samples[2].model, "net/1");
}

TEST_P(VerificationContract, PassesNobodyWithACredentialOfSomebodyElse) {
    enrol("auth0|alice");
    const auto bob = enrol("auth0|bob");
    const auto started = open_for_capture("auth0|alice");
    const auto charged = charge(started.verification).value();
    const CaptureFinding crossed{AttemptResult::passed, bob.credential, {}};

    const auto verdict =
        services->verifications.record_verdict(tenant.id, started.verification, charged.challenge, crossed)
            .value();

    EXPECT_EQ(verdict.status, VerdictStatus::failed);
    EXPECT_EQ(verdict.code, OutcomeCode::not_enrolled);
}

TEST_P(VerificationContract, DelaysAfterTenFailuresLocksAfterAHundredAndForgetsOnSuccess) {
    enrol();
    fail_attempts(LockoutPolicy{}.delay_after);
    const auto eleventh = open_for_capture();
    EXPECT_EQ(code_of(charge(eleventh.verification)), ErrorCode::rate_limited);
    clock.advance(LockoutPolicy{}.delay);
    EXPECT_EQ(attempt(eleventh.verification, AttemptResult::passed).value().status, VerdictStatus::passed);
    EXPECT_EQ(subject().failed_attempts, 0);

    fail_attempts(LockoutPolicy{}.lock_after - 1);
    const auto last = open_for_capture();
    clock.advance(LockoutPolicy{}.delay);
    EXPECT_EQ(attempt(last.verification, AttemptResult::no_match).value().code, OutcomeCode::locked);
    EXPECT_EQ(subject().state, SubjectState::locked);
    EXPECT_EQ(audited("subject.locked"), 1);
    EXPECT_EQ(row(start_as("auth0|alice").value().verification).code, OutcomeCode::locked);

    ASSERT_TRUE(services->subjects.unlock(tenant.id, subject().id, "cli"));
    EXPECT_EQ(attempt(open_for_capture().verification, AttemptResult::passed).value().status,
              VerdictStatus::passed);
}

TEST_P(VerificationContract, LocksAnAccountBeforeItsOpenVerificationsCanTryAgain) {
    enrol();
    const auto started = open_for_capture();
    ASSERT_TRUE(services->subjects.suspend(tenant.id, subject().id, "cli"));

    EXPECT_EQ(code_of(charge(started.verification)), ErrorCode::locked);
    EXPECT_EQ(row(started.verification).code, OutcomeCode::locked);
}

TEST_P(VerificationContract, StopsWhenTheIntegrationIsSwitchedOff) {
    const auto started = open_for_capture();
    const auto charged = charge(started.verification).value();
    change_settings([](auto& s) { s.enabled = false; });
    const auto samples = templates();
    const CaptureFinding passed{AttemptResult::passed, std::nullopt, samples};

    const auto verdict =
        services->verifications.record_verdict(tenant.id, started.verification, charged.challenge, passed)
            .value();

    EXPECT_EQ(verdict.code, OutcomeCode::integration_disabled);
    EXPECT_TRUE(services->subjects.show(tenant.id, subject().id).value().credentials.empty());
}

TEST_P(VerificationContract, ExpiresInsteadOfPassingLate) {
    const auto started = open_for_capture();
    const auto charged = charge(started.verification).value();
    clock.advance(minutes(10));
    const auto samples = templates();
    const CaptureFinding passed{AttemptResult::passed, std::nullopt, samples};

    EXPECT_EQ(code_of(services->verifications.record_verdict(tenant.id, started.verification,
                                                             charged.challenge, passed)),
              ErrorCode::transaction_expired);
    EXPECT_EQ(row(started.verification).state, VerificationState::expired) << "the refusal is committed";
}

TEST_P(VerificationContract, ExpiresForgottenVerificationsInTheBackground) {
    const auto started = open_for_capture();
    clock.advance(minutes(10));

    EXPECT_EQ(services->maintenance.run_once().value().expired_verifications, 1);
    EXPECT_EQ(row(started.verification).state, VerificationState::expired);
    EXPECT_EQ(services->maintenance.run_once().value().expired_verifications, 0);

    clock.advance(days(31));
    ASSERT_TRUE(services->maintenance.run_once());
    EXPECT_EQ(code_of(services->sessions.authorise(started.verification, started.cookie_value)),
              ErrorCode::not_found);
    EXPECT_TRUE(services->subjects.list(tenant.id, {}, 10).value().empty())
        << "who never enrolled is forgotten";
}

/// Any order of calls, by a model that only knows the pure state machine (threat T7).
TEST_P(VerificationContract, AllowsOnlyLegalEdgesInARandomWalk) {
    enum class Call { consent, decline, charge, fail_attempt, pass_attempt, cancel, take, wait };
    EXPECT_TRUE(rc::check("only legal edges", [this] {
        const auto calls = *rc::gen::resize(25, rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 8)));
        const auto started = start_as("auth0|" + random.token(8)).value();
        const auto& id = started.verification;
        std::optional<ChallengeId> challenge;
        const auto samples = templates();
        const auto record = [&](AttemptResult result) {
            if (!challenge) return false;
            const CaptureFinding finding{result, std::nullopt, samples};
            return services->verifications.record_verdict(tenant.id, id, *challenge, finding).has_value();
        };
        for (const int choice : calls) {
            const auto before = row(id);
            bool done = false;
            std::vector<VerificationEvent> events;
            switch (static_cast<Call>(choice)) {
                case Call::consent:
                    done = consent(id).has_value();
                    events = {VerificationEvent::consent_given};
                    break;
                case Call::decline:
                    done = consent(id, false).has_value();
                    events = {VerificationEvent::consent_declined};
                    break;
                case Call::charge:
                    if (auto charged = charge(id)) {
                        done = true;
                        challenge = charged->challenge;
                    }
                    events = {VerificationEvent::attempt_charged};
                    break;
                case Call::fail_attempt:
                    done = record(AttemptResult::no_match);
                    events = {VerificationEvent::attempt_lost, VerificationEvent::attempts_spent};
                    break;
                case Call::pass_attempt:
                    done = record(AttemptResult::passed);
                    events = {VerificationEvent::attempt_passed};
                    break;
                case Call::cancel:
                    done = services->verifications.cancel(tenant.id, id, CancelReason::cancelled).has_value();
                    events = {VerificationEvent::cancelled};
                    break;
                case Call::take:
                    done = services->returns.take(id, started.cookie_value).has_value();
                    RC_ASSERT(done == (is_final(before.state) && !before.consumed_at));
                    RC_ASSERT(row(id).state == before.state);
                    continue;
                case Call::wait:
                    clock.advance(seconds(1));
                    continue;
            }
            const auto after = row(id);
            if (!done) {
                RC_ASSERT(after.state == before.state);
                continue;
            }
            const bool legal = std::any_of(events.begin(), events.end(), [&](auto event) {
                return step(before.state, event) == after.state;
            });
            RC_ASSERT(legal);
            RC_ASSERT(after.attempts_used <= after.attempts_max);
        }
    }));
    EXPECT_TRUE(check_audit_chain(services->work, tenant.id).value().intact);
}

}  // namespace countersign::domain
