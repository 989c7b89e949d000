#pragma once

#include "domain/login_contract.hpp"

namespace countersign::domain {

class StartContract : public LoginContract {};

TEST_P(StartContract, OpensAnEnrolmentWithEverythingTheTokenSaidFrozen) {
    auto claims = start_claims();
    const std::string state("s/+=\0\xff~", 7);

    const auto started = start(sign(claims), state);

    ASSERT_TRUE(started) << started.error().detail;
    EXPECT_EQ(started->cookie_value.size(), 43U);
    const auto stored = row(started->verification);
    EXPECT_EQ(stored.purpose, Purpose::enrolment);
    EXPECT_EQ(stored.state, VerificationState::opened);
    EXPECT_EQ(stored.origin.return_state, state) << "byte for byte";
    EXPECT_EQ(stored.origin.subject_external_id, "auth0|alice");
    EXPECT_EQ(stored.origin.nonce, std::string(claims["nonce"].as_string()));
    EXPECT_EQ(stored.origin.client_name, "Demo Bank");
    EXPECT_EQ(stored.origin.locale, "de");
    EXPECT_EQ(stored.origin.return_domain, "acme.eu.auth0.com");
    EXPECT_EQ(stored.expires_at, clock.now() + minutes(10));
    EXPECT_EQ(audited("verification.opened"), 1);
}

TEST_P(StartContract, RefusesTokensThatAreNotForThisDoor) {
    struct Case {
        std::string_view what;
        std::function<void(json::object&)> change;
        ErrorCode code;
    };
    const auto now = to_unix_seconds(clock.now());
    const std::vector<Case> cases{
        {"result purpose", [](auto& c) { c["purpose"] = "auth0-continue"; }, ErrorCode::unauthenticated},
        {"confirm purpose", [](auto& c) { c["purpose"] = "countersign-confirm"; },
         ErrorCode::unauthenticated},
        {"no purpose", [](auto& c) { c.erase("purpose"); }, ErrorCode::unauthenticated},
        {"expired",
         [&](auto& c) {
             c["iat"] = now - 200;
             c["exp"] = now - 80;
         },
         ErrorCode::transaction_expired},
        {"future",
         [&](auto& c) {
             c["iat"] = now + 120;
             c["exp"] = now + 240;
         },
         ErrorCode::unauthenticated},
        {"lives too long", [&](auto& c) { c["exp"] = now + 301; }, ErrorCode::unauthenticated},
        {"no exp", [](auto& c) { c.erase("exp"); }, ErrorCode::unauthenticated},
        {"no sub", [](auto& c) { c.erase("sub"); }, ErrorCode::unauthenticated},
        {"huge sub", [](auto& c) { c["sub"] = std::string(256, 'a'); }, ErrorCode::unauthenticated},
        {"control in sub", [](auto& c) { c["sub"] = "a\nb"; }, ErrorCode::unauthenticated},
        {"other integration", [](auto& c) { c["integration_id"] = "int_01J00000000000000000000000"; },
         ErrorCode::unauthenticated},
        {"no nonce", [](auto& c) { c.erase("nonce"); }, ErrorCode::unauthenticated},
        {"foreign nonce", [](auto& c) { c["nonce"] = "<script>alert(1)</script>"; },
         ErrorCode::unauthenticated},
        {"unknown issuer", [](auto& c) { c["iss"] = "evil.example"; }, ErrorCode::forbidden},
        {"issuer with scheme", [](auto& c) { c["iss"] = "https://acme.eu.auth0.com/"; },
         ErrorCode::forbidden},
        {"no issuer", [](auto& c) { c.erase("iss"); }, ErrorCode::unauthenticated},
    };
    int refused = 0;
    for (const auto& test : cases) {
        auto claims = start_claims();
        test.change(claims);
        EXPECT_EQ(code_of(start(sign(claims))), test.code) << test.what;
        EXPECT_EQ(audited("start.refused"), ++refused) << test.what;
    }
    EXPECT_EQ(audited("verification.opened"), 0);
}

TEST_P(StartContract, RefusesAnUnknownIntegrationAForeignSecretAndGarbage) {
    EXPECT_EQ(code_of(services->start.start("int_01J00000000000000000000000", sign(start_claims()), "s", {})),
              ErrorCode::not_found);
    EXPECT_EQ(code_of(services->start.start("../../etc/passwd", sign(start_claims()), "s", {})),
              ErrorCode::not_found);
    EXPECT_EQ(code_of(start(sign(start_claims(), random.token(32)))), ErrorCode::unauthenticated);
    EXPECT_EQ(code_of(start("")), ErrorCode::unauthenticated);
    EXPECT_EQ(code_of(start("a.b.c")), ErrorCode::unauthenticated);

    // The token of one integration at the door of another one of the same tenant.
    const auto other = services->integrations.create(tenant.id, settings(), "cli").value();
    const auto crossed = services->start.start(other.integration.id.text(), sign(start_claims()), "s", {});
    EXPECT_EQ(code_of(crossed), ErrorCode::unauthenticated);
}

TEST_P(StartContract, RefusesAReflectedResultToken) {
    const auto started = start_as("auth0|alice").value();
    ASSERT_TRUE(services->verifications.cancel(tenant.id, started.verification, CancelReason::cancelled));
    const auto result = services->returns.take(started.verification, started.cookie_value).value();

    EXPECT_EQ(code_of(start(result.session_token)), ErrorCode::unauthenticated);
    EXPECT_EQ(code_of(services->confirm.confirm(result.session_token)), ErrorCode::unauthenticated);
}

TEST_P(StartContract, NeedsAStateOfOneTo2048Bytes) {
    EXPECT_EQ(code_of(start(sign(start_claims()), "")), ErrorCode::invalid_argument);
    EXPECT_EQ(code_of(start(sign(start_claims()), std::string(2049, 's'))), ErrorCode::invalid_argument);
    EXPECT_TRUE(start(sign(start_claims()), std::string(2048, 's')));
}

TEST_P(StartContract, OpensExactlyOneSessionWhenTheTokenIsReplayedInParallel) {
    const auto token = sign(start_claims());

    const int opened = count_in_parallel(100, [&] { return start(token).has_value(); });

    EXPECT_EQ(opened, 1);
    EXPECT_EQ(audited("verification.opened"), 1);
    EXPECT_EQ(audited("start.refused"), 99);
    EXPECT_EQ(code_of(start(token)), ErrorCode::already_used);
}

TEST_P(StartContract, RemembersAUsedTokenAcrossARestart) {
    const auto token = sign(start_claims());
    ASSERT_TRUE(start(token));
    if (!engine->reopen()) GTEST_SKIP() << "the engine keeps nothing";
    use_store();

    EXPECT_EQ(code_of(start(token)), ErrorCode::already_used);
}

TEST_P(StartContract, ForgetsATokenOnlyAfterItHasExpired) {
    const auto token = sign(start_claims());
    ASSERT_TRUE(start(token));

    clock.advance(seconds(119));
    ASSERT_TRUE(services->maintenance.run_once());
    EXPECT_EQ(code_of(start(token)), ErrorCode::already_used);

    clock.advance(minutes(5));
    ASSERT_TRUE(services->maintenance.run_once());
    EXPECT_EQ(code_of(start(token)), ErrorCode::transaction_expired);
}

TEST_P(StartContract, AcceptsThePreviousSecretUntilItsOverlapEndsAndAnswersWithIt) {
    const auto old_secret = integration.session_secret;
    integration =
        services->integrations.rotate_secret(tenant.id, integration.integration.id, minutes(30), "cli")
            .value();
    ASSERT_NE(integration.session_secret, old_secret);

    const auto started = start(sign(start_claims(), old_secret)).value();
    EXPECT_TRUE(start(sign(start_claims())));
    ASSERT_TRUE(services->verifications.cancel(tenant.id, started.verification, CancelReason::cancelled));
    const auto result = services->returns.take(started.verification, started.cookie_value).value();
    const std::array<ByteView, 1> old_key{as_bytes(old_secret)};
    EXPECT_TRUE(crypto::jose::verify_hs256(result.session_token, old_key))
        << "that Action only knows the old secret";

    clock.advance(minutes(30));
    EXPECT_EQ(code_of(start(sign(start_claims(), old_secret))), ErrorCode::unauthenticated);
    EXPECT_TRUE(start(sign(start_claims())));
}

TEST_P(StartContract, StartsRefusedWithItsCodeSoThatTheLoginCanBeClosed) {
    const auto refused_with = [&](std::string_view sub) {
        const auto started = start_as(sub).value();
        const auto stored = row(started.verification);
        EXPECT_EQ(stored.state, VerificationState::refused);
        const auto result = services->returns.take(started.verification, started.cookie_value).value();
        const auto claims = crypto::jose::peek_unverified(result.session_token).value();
        EXPECT_EQ(claims.at("result").as_string(), "failed");
        return std::string(claims.at("code").as_string());
    };
    enrol("auth0|alice");
    ASSERT_TRUE(services->subjects.suspend(tenant.id, subject().id, "cli"));
    EXPECT_EQ(refused_with("auth0|alice"), "locked");

    change_settings([](auto& s) { s.allow_self_enrolment = false; });
    EXPECT_EQ(refused_with("auth0|bob"), "not_enrolled");
    EXPECT_EQ(code_of(services->subjects.find(tenant.id, "auth0|bob")), ErrorCode::not_found)
        << "no record of somebody who may not enrol";

    change_settings([](auto& s) { s.enabled = false; });
    EXPECT_EQ(refused_with("auth0|alice"), "integration_disabled");
    EXPECT_EQ(audited("verification.refused"), 3);
}

TEST_P(StartContract, VerifiesTheEnrolledWithoutAskingForTheSameConsentAgain) {
    enrol();

    const auto started = start_as("auth0|alice").value();

    EXPECT_EQ(row(started.verification).purpose, Purpose::verification);
    EXPECT_FALSE(
        services->sessions.authorise(started.verification, started.cookie_value).value().consent_required);
}

TEST_P(StartContract, KeepsABrowsersHostileHeaderReadableInTheAudit) {
    const auto started = services->start.start(integration.integration.id.text(), sign(start_claims()), "s",
                                               {"192.0.2.7", "\xff\xfe\n\"" + std::string(500, 'x')});
    ASSERT_TRUE(started);

    EXPECT_TRUE(check_audit_chain(services->work, tenant.id).value().intact);
}

TEST_P(StartContract, ReturnsToLoopbackOnlyWithTheExplicitSwitch) {
    auto loopback = settings();
    loopback.return_domains = {"127.0.0.1:4400"};
    EXPECT_EQ(code_of(services->integrations.create(tenant.id, loopback, "cli")),
              ErrorCode::invalid_argument);
    loopback.allow_insecure_loopback = true;
    integration = services->integrations.create(tenant.id, loopback, "cli").value();
    auto claims = start_claims();
    claims["iss"] = "127.0.0.1";
    const auto started = start(sign(claims)).value();
    ASSERT_TRUE(services->verifications.cancel(tenant.id, started.verification, CancelReason::cancelled));

    const auto result = services->returns.take(started.verification, started.cookie_value).value();

    EXPECT_EQ(result.continue_url, "http://127.0.0.1:4400/continue");
}

}  // namespace countersign::domain
