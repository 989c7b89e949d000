#pragma once

#include "domain/activity/record.hpp"
#include "domain/login_contract.hpp"
#include "domain/simulation/service.hpp"

namespace countersign::domain {

class SimulationContract : public LoginContract {
protected:
    void SetUp() override {
        LoginContract::SetUp();
        simulations = std::make_unique<SimulationService>(
            engine->work(), *keys, clock, random,
            SimulationAddresses{"https://mfa.acme.example", "https://portal.acme.example"});
    }

    Result<StartedSimulation> begin(const std::optional<SimulationId>& repeats = std::nullopt) {
        return simulations->start(tenant.id, integration.integration.id, repeats, "adm_1");
    }
    static std::string part(const std::string& url, std::string_view name) {
        const auto at = url.find(fmt::format("{}=", name)) + name.size() + 1;
        return url.substr(at, url.find('&', at) - at);
    }
    /// The browser follows the link.
    Result<Started> open(const StartedSimulation& simulation) {
        const auto& url = simulation.start_url.value();
        return start(part(url, "session_token"), part(url, "state"));
    }
    /// What a capture leaves in the timeline before its verdict.
    void note_capture(const Verification& verification) {
        for (const auto stage : {Stage::camera, Stage::face, Stage::challenge}) {
            EXPECT_TRUE(in_transaction(engine->work(), Access::write, [&](Repositories& r) {
                return note_stage(r, verification, stage, clock.now());
            }));
        }
    }
    /// The person looks into the camera, and the browser brings the result to the portal.
    Simulation play(const StartedSimulation& simulation, AttemptResult result = AttemptResult::passed) {
        const auto started = open(simulation).value();
        if (row(started.verification).state == VerificationState::opened)
            consent(started.verification).value();
        note_capture(row(started.verification));
        while (!is_final(row(started.verification).state))
            attempt(started.verification, result).value();
        const auto back = services->returns.take(started.verification, started.cookie_value).value();
        EXPECT_EQ(back.continue_url, "https://portal.acme.example/continue");
        return simulations->finish(back.state, back.session_token).value();
    }
    Simulation look(const SimulationId& id) {
        return simulations->find(tenant.id, integration.integration.id, id).value();
    }
    bool has_user(const Simulation& simulation) {
        return services->subjects.find(tenant.id, simulation.external_id).has_value();
    }
    static std::vector<SimulationStepName> red(const Simulation& simulation) {
        std::vector<SimulationStepName> names;
        for (const auto& step : simulation.steps) {
            if (!step.held && !step.cause.empty()) names.push_back(step.name);
        }
        return names;
    }

    std::unique_ptr<SimulationService> simulations;
};

TEST_P(SimulationContract, EnrolsATestUserThenComparesItAndLeavesNothing) {
    const auto first = play(begin().value());
    ASSERT_EQ(first.status, SimulationStatus::passed);
    EXPECT_TRUE(has_user(first)) << "it stays for the next login";

    const auto next = play(begin(first.id).value());

    EXPECT_EQ(next.status, SimulationStatus::passed);
    EXPECT_EQ(next.external_id, first.external_id);
    EXPECT_FALSE(has_user(next));
    EXPECT_EQ(code_of(services->subjects.find(tenant.id, first.external_id)), ErrorCode::not_found);
    EXPECT_FALSE(look(next.id).verification) << "the transaction went with the user";
    EXPECT_EQ(code_of(begin(first.id)), ErrorCode::conflict);
    EXPECT_EQ(audited("integration.simulated"), 2);
    EXPECT_EQ(audited("subject.deleted"), 1);
}

TEST_P(SimulationContract, DeletesATestUserWhomNobodyLetsLogInAgain) {
    const auto first = play(begin().value());
    ASSERT_EQ(first.status, SimulationStatus::passed);
    clock.advance(Micros{kTestUserStays.value - 1});
    services->maintenance.run_once().value();
    EXPECT_TRUE(has_user(first));

    clock.advance(Micros{1});
    EXPECT_EQ(services->maintenance.run_once().value().simulations_cleaned_up, 1);

    EXPECT_FALSE(has_user(first));
    EXPECT_EQ(code_of(begin(first.id)), ErrorCode::conflict);
    EXPECT_EQ(services->maintenance.run_once().value().simulations_cleaned_up, 0);
}

TEST_P(SimulationContract, DeletesTheTestUserOfALoginThatNobodyFinished) {
    const auto simulation = begin().value();
    ASSERT_TRUE(open(simulation));
    EXPECT_TRUE(has_user(simulation.simulation));

    clock.advance(kSimulationLifetime);
    services->maintenance.run_once().value();

    EXPECT_FALSE(has_user(simulation.simulation));
    EXPECT_EQ(look(simulation.simulation.id).status, SimulationStatus::failed);
}

TEST_P(SimulationContract, NamesTheStepThatFailedAndDeletesTheTestUser) {
    const auto failed = play(begin().value(), AttemptResult::not_live_active);

    EXPECT_EQ(failed.status, SimulationStatus::failed);
    EXPECT_FALSE(red(failed).empty());
    EXPECT_FALSE(has_user(failed));
}

TEST_P(SimulationContract, StopsBeforeTheLinkWhenTheIntegrationCannotWork) {
    change_settings([](IntegrationSettings& settings) { settings.enabled = false; });
    const auto disabled = begin().value();
    EXPECT_FALSE(disabled.start_url);
    EXPECT_EQ(red(disabled.simulation), std::vector{SimulationStepName::integration_ready});

    change_settings([](IntegrationSettings& settings) {
        settings.enabled = true;
        settings.allow_self_enrolment = false;
    });
    EXPECT_EQ(begin().value().simulation.status, SimulationStatus::failed);
}

TEST_P(SimulationContract, AdmitsEachLinkOnceInItsTimeAndNobodyElseUnderThatName) {
    const auto used = begin().value();
    ASSERT_TRUE(open(used));
    EXPECT_EQ(code_of(open(used)), ErrorCode::already_used);

    auto claims = start_claims("simulation|01J00000000000000000000000");
    EXPECT_EQ(code_of(start(sign(claims))), ErrorCode::forbidden) << "an Action may not use such a name";
    claims = start_claims("simulation|01J00000000000000000000000");
    claims["transaction_id"] = used.simulation.id.text();
    EXPECT_EQ(code_of(start(sign(claims))), ErrorCode::forbidden);
    EXPECT_EQ(code_of(simulations->finish("not a state", "a.b.c")), ErrorCode::not_found);
}

}  // namespace countersign::domain
