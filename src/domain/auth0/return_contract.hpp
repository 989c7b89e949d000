#pragma once

#include "domain/login_contract.hpp"

namespace countersign::domain {

class ReturnContract : public LoginContract {};

TEST_P(ReturnContract, SignsAResultTheActionCanCheckAndHandsItOutOnce) {
    const auto started = start(sign(start_claims()), "opaque+state==").value();
    consent(started.verification).value();
    ASSERT_TRUE(attempt(started.verification, AttemptResult::passed));

    const auto result = services->returns.take(started.verification, started.cookie_value);

    ASSERT_TRUE(result) << result.error().detail;
    EXPECT_EQ(result->continue_url, "https://acme.eu.auth0.com/continue");
    EXPECT_EQ(result->state, "opaque+state==");
    const std::array<ByteView, 1> key{as_bytes(integration.session_secret)};
    const auto claims = crypto::jose::verify_hs256(result->session_token, key).value();
    const auto stored = row(started.verification);
    EXPECT_EQ(claims.at("iss").as_string(), "acme.eu.auth0.com");
    EXPECT_EQ(claims.at("sub").as_string(), "auth0|alice");
    EXPECT_EQ(claims.at("aud").as_string(), integration.integration.id.text());
    EXPECT_EQ(claims.at("state").as_string(), "opaque+state==");
    EXPECT_EQ(claims.at("purpose").as_string(), "auth0-continue");
    EXPECT_EQ(claims.at("nonce").as_string(), stored.origin.nonce);
    EXPECT_EQ(claims.at("transaction_id").as_string(), "txn-1");
    EXPECT_EQ(claims.at("verification_id").as_string(), started.verification.text());
    EXPECT_EQ(claims.at("result").as_string(), "passed");
    EXPECT_EQ(claims.at("method").as_string(), "enrolled");
    EXPECT_EQ(claims.at("credential_id").as_string(), stored.credential->text());
    EXPECT_EQ(claims.at("exp").as_int64() - claims.at("iat").as_int64(), 60);
    EXPECT_EQ(claims.size(), 16U) << "and nothing else: no score";
    EXPECT_EQ(code_of(services->returns.take(started.verification, started.cookie_value)),
              ErrorCode::already_used);
}

TEST_P(ReturnContract, ConsumesOnceInParallel) {
    const auto started = start_as("auth0|alice").value();
    ASSERT_TRUE(services->verifications.cancel(tenant.id, started.verification, CancelReason::cancelled));

    const int taken = count_in_parallel(
        50, [&] { return services->returns.take(started.verification, started.cookie_value).has_value(); });

    EXPECT_EQ(taken, 1);
}

TEST_P(ReturnContract, BelongsToTheBrowserThatStarted) {
    const auto alice = start_as("auth0|alice").value();
    const auto bob = start_as("auth0|bob").value();
    ASSERT_TRUE(services->verifications.cancel(tenant.id, alice.verification, CancelReason::cancelled));

    EXPECT_EQ(code_of(services->returns.take(alice.verification, bob.cookie_value)), ErrorCode::forbidden);
    EXPECT_EQ(code_of(services->returns.take(alice.verification, "")), ErrorCode::forbidden);
    EXPECT_EQ(code_of(services->sessions.authorise(alice.verification, bob.cookie_value)),
              ErrorCode::forbidden);
    EXPECT_TRUE(services->sessions.authorise(alice.verification, alice.cookie_value));
    EXPECT_TRUE(services->returns.take(alice.verification, alice.cookie_value));
    EXPECT_EQ(code_of(services->sessions.authorise(alice.verification, alice.cookie_value)),
              ErrorCode::already_used);
}

TEST_P(ReturnContract, DoesNotReturnWhileTheVerificationIsOpen) {
    const auto started = start_as("auth0|alice").value();

    EXPECT_EQ(code_of(services->returns.take(started.verification, started.cookie_value)),
              ErrorCode::conflict);
}

TEST_P(ReturnContract, ReturnsAnExpiredVerificationAsFailed) {
    const auto started = start_as("auth0|alice").value();
    clock.advance(minutes(10));

    EXPECT_EQ(
        services->sessions.authorise(started.verification, started.cookie_value).value().verification.state,
        VerificationState::expired);
    EXPECT_EQ(code_of(consent(started.verification)), ErrorCode::transaction_expired);
    const auto result = services->returns.take(started.verification, started.cookie_value).value();

    EXPECT_EQ(crypto::jose::peek_unverified(result.session_token).value().at("code").as_string(), "expired");
    EXPECT_EQ(audited("verification.expired"), 1);
}

TEST_P(ReturnContract, GoesNowhereWhenTheDomainWasWithdrawn) {
    const auto started = start_as("auth0|alice").value();
    ASSERT_TRUE(services->verifications.cancel(tenant.id, started.verification, CancelReason::cancelled));
    change_settings([](auto& s) { s.return_domains = {"login.acme.example"}; });

    EXPECT_EQ(code_of(services->returns.take(started.verification, started.cookie_value)),
              ErrorCode::conflict);
    EXPECT_EQ(audited("verification.return_refused"), 1);
}

TEST_P(ReturnContract, TellsNoPassOnceTheIntegrationIsSwitchedOff) {
    const auto started = start_as("auth0|alice").value();
    consent(started.verification).value();
    ASSERT_TRUE(attempt(started.verification, AttemptResult::passed));
    change_settings([](auto& s) { s.enabled = false; });

    const auto result = services->returns.take(started.verification, started.cookie_value).value();

    const auto claims = crypto::jose::peek_unverified(result.session_token).value();
    EXPECT_EQ(claims.at("result").as_string(), "failed");
    EXPECT_EQ(claims.at("code").as_string(), "integration_disabled");
    EXPECT_FALSE(claims.contains("amr"));
    EXPECT_EQ(code_of(services->confirm.confirm(confirm_token(started.verification))), ErrorCode::conflict);
}

class ConfirmContract : public LoginContract {};

TEST_P(ConfirmContract, ActivatesThePendingCredentialOnce) {
    const auto started = pass();
    const auto token = confirm_token(started.verification);
    EXPECT_FALSE(services->subjects.list(tenant.id, {}, 10).value().at(0).enrolled);

    const auto confirmed = services->confirm.confirm(token);

    ASSERT_TRUE(confirmed) << confirmed.error().detail;
    EXPECT_EQ(confirmed->method, Method::enrolled);
    EXPECT_TRUE(services->subjects.list(tenant.id, {}, 10).value().at(0).enrolled);
    EXPECT_EQ(code_of(services->confirm.confirm(token)), ErrorCode::conflict) << "a second call is 409";
    const auto again = pass();
    EXPECT_EQ(services->confirm.confirm(confirm_token(again.verification)).value().method, Method::verified);
}

TEST_P(ConfirmContract, ConfirmsOnceInParallel) {
    const auto started = pass();
    const auto token = confirm_token(started.verification);

    EXPECT_EQ(count_in_parallel(40, [&] { return services->confirm.confirm(token).has_value(); }), 1);
}

TEST_P(ConfirmContract, EnrolsNobodyWithoutConfirmation) {
    const auto planted = pass();  // a victim's face behind an attacker's link: the Action never asks
    EXPECT_EQ(row(start_as("auth0|alice").value().verification).purpose, Purpose::enrolment);

    clock.advance(seconds(301));
    EXPECT_EQ(code_of(services->confirm.confirm(confirm_token(planted.verification))),
              ErrorCode::transaction_expired);
    EXPECT_EQ(services->maintenance.run_once().value().purged_credentials, 1);

    EXPECT_TRUE(services->subjects.show(tenant.id, subject().id).value().credentials.empty());
    EXPECT_EQ(audited("credential.purged"), 1);
    EXPECT_EQ(audited("verification.confirm_refused"), 1);
}

TEST_P(ConfirmContract, LetsOnlyTheFirstOfTwoEnrolmentsIn) {
    const auto first = pass();
    const auto second = pass();
    ASSERT_TRUE(services->confirm.confirm(confirm_token(second.verification)));

    EXPECT_EQ(code_of(services->confirm.confirm(confirm_token(first.verification))), ErrorCode::conflict);
}

TEST_P(ConfirmContract, RefusesEveryOtherToken) {
    const auto started = pass();
    const auto good = crypto::jose::peek_unverified(confirm_token(started.verification)).value();
    const auto with = [&](std::string_view key, std::string_view value) {
        auto claims = good;
        claims[key] = value;
        return sign(claims);
    };
    EXPECT_EQ(code_of(services->confirm.confirm(with("purpose", "countersign-start"))),
              ErrorCode::unauthenticated);
    EXPECT_EQ(code_of(services->confirm.confirm(with("nonce", "0123456789abcdef0123"))),
              ErrorCode::unauthenticated);
    EXPECT_EQ(code_of(services->confirm.confirm(with("sub", "auth0|mallory"))), ErrorCode::unauthenticated);
    EXPECT_EQ(code_of(services->confirm.confirm(with("iss", "login.acme.example"))),
              ErrorCode::unauthenticated);
    EXPECT_EQ(code_of(services->confirm.confirm(with("verification_id", "ver_01J00000000000000000000000"))),
              ErrorCode::unauthenticated);
    EXPECT_EQ(code_of(services->confirm.confirm(sign(good, random.token(32)))), ErrorCode::unauthenticated);
    EXPECT_EQ(code_of(services->confirm.confirm("")), ErrorCode::unauthenticated);
    EXPECT_EQ(code_of(services->confirm.confirm(sign(start_claims()))), ErrorCode::unauthenticated);
    EXPECT_TRUE(services->confirm.confirm(sign(good)));
}

TEST_P(ConfirmContract, FailsClosedBeforeTheResultWasReturnedAndForFailures) {
    const auto open = start_as("auth0|alice").value();
    consent(open.verification).value();
    ASSERT_TRUE(attempt(open.verification, AttemptResult::passed));
    EXPECT_EQ(code_of(services->confirm.confirm(confirm_token(open.verification))), ErrorCode::conflict);

    const auto cancelled = start_as("auth0|bob").value();
    ASSERT_TRUE(
        services->verifications.cancel(tenant.id, cancelled.verification, CancelReason::other_method));
    ASSERT_TRUE(services->returns.take(cancelled.verification, cancelled.cookie_value));
    EXPECT_EQ(code_of(services->confirm.confirm(confirm_token(cancelled.verification))), ErrorCode::conflict);
}

TEST_P(ConfirmContract, FailsClosedWhenTheSubjectWasDeletedOrSuspendedMeanwhile) {
    enrol();
    const auto suspended = pass();
    ASSERT_TRUE(services->subjects.suspend(tenant.id, subject().id, "cli"));
    EXPECT_EQ(code_of(services->confirm.confirm(confirm_token(suspended.verification))), ErrorCode::conflict);
    ASSERT_TRUE(services->subjects.unlock(tenant.id, subject().id, "cli"));

    const auto deleted = pass();
    const auto token = confirm_token(deleted.verification);
    ASSERT_TRUE(services->subjects.remove(tenant.id, subject().id, "cli"));
    EXPECT_FALSE(services->confirm.confirm(token));
}

}  // namespace countersign::domain
