#pragma once

#include "domain/login_contract.hpp"

namespace countersign::domain {

class IntegrationContract : public LoginContract {};

TEST_P(IntegrationContract, KeepsEverySetting) {
    IntegrationSettings wanted = settings();
    wanted.name = "Online banking";
    wanted.enabled = false;
    wanted.allow_self_enrolment = false;
    wanted.request_mode_hint = RequestMode::on_demand;
    wanted.claim_namespace = "https://acme.example/amr";
    wanted.liveness = LivenessPolicy::passive;
    wanted.target_fmr = 2.5e-6;
    wanted.max_attempts = 5;
    wanted.session_lifetime = minutes(4);
    wanted.allow_insecure_loopback = true;
    wanted.return_domains = {"B.acme.example", "a.acme.example", "[::1]:4400"};

    const auto made = services->integrations.create(tenant.id, wanted, "cli").value();
    wanted.liveness = LivenessPolicy::both;
    wanted.adapt_templates = true;
    ASSERT_TRUE(services->integrations.update(tenant.id, made.integration.id, 1, wanted, "cli"));

    wanted.return_domains[0] = "b.acme.example";
    EXPECT_EQ(made.session_secret.size(), 43U);
    EXPECT_EQ(services->integrations.find(tenant.id, made.integration.id).value().settings, wanted);
    EXPECT_EQ(services->integrations.list(tenant.id).value().size(), 2U);
}

TEST_P(IntegrationContract, UpdatesOnlyTheVersionItWasReadAt) {
    const auto id = integration.integration.id;
    auto changed = settings();
    changed.max_attempts = 4;

    EXPECT_EQ(services->integrations.update(tenant.id, id, 1, changed, "cli").value().version, 2);
    EXPECT_EQ(code_of(services->integrations.update(tenant.id, id, 1, settings(), "cli")),
              ErrorCode::conflict);

    EXPECT_EQ(services->integrations.find(tenant.id, id).value().settings.max_attempts, 4);
    EXPECT_EQ(audited("integration.updated"), 1);
}

TEST_P(IntegrationContract, HasAtMostTwoSecretsAfterAnyNumberOfRotations) {
    const auto id = integration.integration.id;
    std::string previous;
    std::string current = integration.session_secret;
    for (int i = 0; i < 5; ++i) {
        previous = current;
        current =
            services->integrations.rotate_secret(tenant.id, id, minutes(60), "cli").value().session_secret;
    }
    const auto open = in_transaction(services->work, Access::read, [&](Repositories& r) {
                          return valid_secrets(r, *keys, integration.integration, clock.now());
                      }).value();

    ASSERT_EQ(open.size(), 2U);
    EXPECT_EQ(as_text(open[0].key.view()), current);
    EXPECT_EQ(as_text(open[1].key.view()), previous);
    EXPECT_EQ(code_of(services->integrations.rotate_secret(tenant.id, id, days(31), "cli")),
              ErrorCode::invalid_argument);
}

TEST_P(IntegrationContract, AnEndedSecretDoesNotComeBackByOverlapZero) {
    const auto old_secret = integration.session_secret;
    integration =
        services->integrations.rotate_secret(tenant.id, integration.integration.id, Micros{0}, "cli").value();

    EXPECT_EQ(code_of(start(sign(start_claims(), old_secret))), ErrorCode::unauthenticated);
    EXPECT_TRUE(start(sign(start_claims())));
}

TEST_P(IntegrationContract, ASecretMovedToAnotherRowDoesNotOpen) {
    const auto other = services->integrations.create(tenant.id, settings(), "cli").value();
    ASSERT_TRUE(engine->tamper(
        "UPDATE integration_secret SET sealed = (SELECT o.sealed FROM integration_secret o WHERE "
        "o.integration_id = '" +
        other.integration.id.text() + "');"));

    EXPECT_EQ(code_of(start(sign(start_claims(), other.session_secret))), ErrorCode::internal);
}

class TenantContract : public LoginContract {};

TEST_P(TenantContract, NamesAreUniqueAndFindable) {
    EXPECT_EQ(code_of(services->tenants.create("Acme", "cli")), ErrorCode::conflict);
    EXPECT_EQ(code_of(services->tenants.create("", "cli")), ErrorCode::invalid_argument);
    EXPECT_EQ(services->tenants.find("Acme").value().id, tenant.id);
    EXPECT_EQ(services->tenants.find(tenant.id.text()).value().name, "Acme");
    EXPECT_EQ(services->tenants.list().value().size(), 1U);
}

TEST_P(TenantContract, RewrappedKeysOpenEverythingAndTheOldMasterKeyMayGo) {
    enrol();
    use_master_keys({2, 1});
    EXPECT_EQ(services->tenants.rewrap_keys("cli").value(), 1);
    EXPECT_EQ(services->tenants.rewrap_keys("cli").value(), 0);

    use_master_keys({2});

    const auto again = pass();
    EXPECT_EQ(services->confirm.confirm(confirm_token(again.verification)).value().method, Method::verified);
    EXPECT_EQ(audited("tenant.key_rewrapped"), 1);
}

TEST_P(TenantContract, WithoutTheMasterKeyNothingOpens) {
    enrol();
    use_master_keys({9});

    EXPECT_EQ(code_of(start_as("auth0|alice")), ErrorCode::unavailable);
    EXPECT_EQ(code_of(services->tenants.rewrap_keys("cli")), ErrorCode::unavailable);
}

}  // namespace countersign::domain
