#pragma once

#include "domain/login_contract.hpp"

namespace countersign::domain {

/// What a change of the embedding model does to those who enrolled before it, on every store.
class RenewalContract : public LoginContract {
protected:
    void change_model(std::string previous) {
        models = {.current = "net/2", .previous = std::move(previous)};
        use_store();
    }
    static std::vector<face::Template> new_templates() {
        auto made = templates();
        for (auto& one : made)
            one.model = "net/2";
        return made;
    }
    /// A capture that was judged with the previous model.
    Result<Verdict> attempt_before(const Started& started, AttemptResult result) {
        const auto charged = CS_TRY(charge(started.verification));
        const auto opened = CS_TRY(services->verifications.begin_capture(charged.ticket));
        const auto samples = new_templates();
        CaptureFinding finding;
        finding.result = result;
        finding.matched = opened.references.front().id;
        if (result == AttemptResult::passed) finding.samples = samples;
        return services->verifications.record_verdict(tenant.id, started.verification, charged.challenge,
                                                      finding);
    }
    Credential credential() {
        return services->subjects.show(tenant.id, subject().id).value().credentials.front();
    }
    std::vector<CredentialSample> samples_of(const Credential& credential) {
        return in_transaction(
                   services->work, Access::read,
                   [&](Repositories& r) { return r.credentials().samples(tenant.id, credential.id); })
            .value();
    }
    std::map<std::string, std::int64_t> counts() {
        std::map<std::string, std::int64_t> by_model;
        const auto all = services->subjects.models().value();
        for (const auto& count : all)
            by_model[count.model] = count.subjects;
        return by_model;
    }
};

TEST_P(RenewalContract, APassedCheckPutsTemplatesOfTheNewModelInPlace) {
    enrol();
    const auto old = samples_of(credential());
    change_model("net/1");

    const auto started = start_as("auth0|alice").value();
    EXPECT_EQ(row(started.verification).purpose, Purpose::verification);
    EXPECT_EQ(attempt_before(started, AttemptResult::passed).value().status, VerdictStatus::passed);

    EXPECT_EQ(credential().model, "net/2");
    EXPECT_EQ(credential().state, CredentialState::active);
    const auto renewed = samples_of(credential());
    ASSERT_EQ(renewed.size(), 3U);
    EXPECT_NE(renewed[0].id, old[0].id);
    EXPECT_EQ(counts(), (std::map<std::string, std::int64_t>{{"net/2", 1}}));
    EXPECT_EQ(audited("credential.renewed"), 1);
    const auto charged = charge(start_as("auth0|alice").value().verification).value();
    const auto opened = services->verifications.begin_capture(charged.ticket).value();
    EXPECT_EQ(opened.references.front().samples.front().model, "net/2") << "sealed so that they open";
}

TEST_P(RenewalContract, AFailedCheckRenewsNothing) {
    enrol();
    change_model("net/1");

    ASSERT_TRUE(attempt_before(start_as("auth0|alice").value(), AttemptResult::no_match));

    EXPECT_EQ(credential().model, "net/1");
    EXPECT_EQ(samples_of(credential()).size(), 3U);
    EXPECT_EQ(audited("credential.renewed"), 0);
}

TEST_P(RenewalContract, OfTwoChecksAtTheSameTimeOneRenews) {
    enrol();
    change_model("net/1");
    const auto first = start_as("auth0|alice").value();
    const auto second = start_as("auth0|alice").value();

    EXPECT_EQ(attempt_before(first, AttemptResult::passed).value().status, VerdictStatus::passed);
    EXPECT_EQ(attempt_before(second, AttemptResult::passed).value().status, VerdictStatus::passed);

    EXPECT_EQ(audited("credential.renewed"), 1);
    EXPECT_EQ(samples_of(credential()).size(), 3U);
}

TEST_P(RenewalContract, WithoutThePreviousModelALoginIsRefusedWithItsCauseAndCostsNoAttempt) {
    enrol();
    change_model("");
    const auto started = start_as("auth0|alice").value();

    EXPECT_EQ(code_of(charge(started.verification)), ErrorCode::not_enrolled);

    const auto ended = row(started.verification);
    EXPECT_EQ(ended.code, OutcomeCode::not_enrolled);
    EXPECT_EQ(ended.cause, "other_model");
    EXPECT_EQ(ended.attempts_used, 0);
    EXPECT_EQ(subject().failed_attempts, 0) << "nobody is locked by a change of the pack";
    EXPECT_EQ(row(start_as("auth0|alice").value().verification).purpose, Purpose::verification)
        << "a password alone leads to no new enrolment";
}

TEST_P(RenewalContract, AnAdministratorLeadsEverybodyOfAModelToEnrolAnew) {
    enrol("auth0|alice");
    enrol("auth0|bob");
    change_model("");
    EXPECT_EQ(counts(), (std::map<std::string, std::int64_t>{{"net/1", 2}}));

    EXPECT_EQ(services->subjects.re_enrol_model(tenant.id, "net/1", "cli").value(), 2);

    EXPECT_EQ(services->subjects.re_enrol_model(tenant.id, "net/1", "cli").value(), 0) << "done is done";
    EXPECT_TRUE(counts().empty());
    EXPECT_EQ(audited("subject.re_enrolment_requested"), 2);
    EXPECT_EQ(row(start_as("auth0|bob").value().verification).purpose, Purpose::enrolment);
}

TEST_P(RenewalContract, TheModelOfOneTenantIsNotTheOthers) {
    enrol();
    const auto other = services->tenants.create("Globex", "cli").value();

    EXPECT_EQ(services->subjects.re_enrol_model(other.id, "net/1", "cli").value(), 0);
    EXPECT_EQ(counts(), (std::map<std::string, std::int64_t>{{"net/1", 1}}));
}

}  // namespace countersign::domain
