#pragma once

#include "domain/credential/adaptation.hpp"
#include "domain/login_contract.hpp"

namespace countersign::domain {

/// What a strong match adds to a credential, and how that is taken back, on every store.
class AdaptationContract : public LoginContract {
protected:
    void SetUp() override {
        LoginContract::SetUp();
        enrol();
    }
    void allow() {
        change_settings([](IntegrationSettings& s) { s.adapt_templates = true; });
    }
    /// A login whose capture offers a sample.
    Result<Verdict> strong_match(std::string_view model = "net/1") {
        const auto started = start_as("auth0|alice").value();
        const auto charged = CS_TRY(charge(started.verification));
        const auto opened = CS_TRY(services->verifications.begin_capture(charged.ticket));
        const face::Template offered{std::string(model), SecretBytes(as_bytes(kTemplateBytes))};
        CaptureFinding finding;
        finding.result = AttemptResult::passed;
        finding.matched = opened.references.front().id;
        finding.adaptation = std::span(&offered, 1);
        return services->verifications.record_verdict(tenant.id, started.verification, charged.challenge,
                                                      finding);
    }
    bool passes(std::string_view model = "net/1") {
        return strong_match(model).value().status == VerdictStatus::passed;
    }
    UnsealedCredential opened() {
        const auto charged = charge(start_as("auth0|alice").value().verification).value();
        auto capture = services->verifications.begin_capture(charged.ticket).value();
        return std::move(capture.references.front());
    }
    SubjectDetail detail() { return services->subjects.show(tenant.id, subject().id).value(); }
    std::vector<AdaptedSample> adapted() {
        const auto shown = detail();
        return shown.adapted.at(shown.credentials.front().id);
    }
    AuditEntry last(std::string_view kind) {
        AuditEntry found;
        for (const auto& event : audit()) {
            if (event.entry.kind == kind) found = event.entry;
        }
        return found;
    }
};

TEST_P(AdaptationContract, WithoutTheSettingNothingIsAdded) {
    ASSERT_TRUE(passes());

    EXPECT_TRUE(adapted().empty());
    EXPECT_EQ(opened().samples.size(), 3U);
    EXPECT_EQ(audited("credential.adapted"), 0);
}

TEST_P(AdaptationContract, AStrongMatchAddsASampleBesideTheEnrolledOnesAndLeavesItsTrace) {
    allow();

    ASSERT_TRUE(passes());

    ASSERT_EQ(adapted().size(), 1U);
    EXPECT_EQ(adapted().front().adapted_at, clock.now());
    EXPECT_EQ(subject().samples, 4);
    const auto credential = opened();
    EXPECT_EQ(credential.samples.size(), 3U);
    ASSERT_EQ(credential.adapted.size(), 1U);
    EXPECT_EQ(as_text(credential.adapted.front().data.view()), kTemplateBytes) << "sealed so that it opens";
    const auto entry = last("credential.adapted");
    EXPECT_EQ(entry.actor, "system");
    EXPECT_EQ(entry.details.at("subject"), subject().id.text());
    EXPECT_EQ(entry.details.at("sample"), adapted().front().id.text());
    EXPECT_EQ(entry.details.at("reason"), "strong_match");
    EXPECT_TRUE(entry.details.contains("verification"));
    EXPECT_EQ(engine->bytes_on_disk().find(kTemplateBytes), std::string::npos);
}

TEST_P(AdaptationContract, ACredentialIsAdaptedOnceADay) {
    allow();
    ASSERT_TRUE(passes());
    clock.advance(minutes(24 * 60 - 1));
    ASSERT_TRUE(passes());
    EXPECT_EQ(adapted().size(), 1U);

    clock.advance(minutes(1));
    ASSERT_TRUE(passes());

    EXPECT_EQ(adapted().size(), 2U);
}

TEST_P(AdaptationContract, TheFourthTakesThePlaceOfTheOldestAndNeverOfAnEnrolledOne) {
    allow();
    for (int day = 0; day < 3; ++day) {
        ASSERT_TRUE(passes());
        clock.advance(days(1));
    }
    const auto before = adapted();
    ASSERT_EQ(before.size(), 3U);

    ASSERT_TRUE(passes());

    const auto after = adapted();
    ASSERT_EQ(after.size(), 3U);
    EXPECT_EQ(after[0].id, before[1].id);
    EXPECT_EQ(after[1].id, before[2].id);
    EXPECT_EQ(last("credential.adapted").details.at("replaced_sample"), before[0].id.text());
    EXPECT_EQ(opened().samples.size(), 3U);
    EXPECT_EQ(subject().samples, 6);
}

TEST_P(AdaptationContract, ASampleOfAnotherModelIsNotAdded) {
    allow();

    ASSERT_TRUE(passes("net/2"));

    EXPECT_TRUE(adapted().empty());
}

TEST_P(AdaptationContract, AnAdaptedSampleIsTakenBackAndMakesNoRoomForAnotherThatDay) {
    allow();
    ASSERT_TRUE(passes());
    const auto sample = adapted().front().id;

    EXPECT_EQ(services->subjects.forget_adapted(tenant.id, subject().id, sample, "adm_1").value(), 1);

    EXPECT_TRUE(adapted().empty());
    EXPECT_EQ(subject().samples, 3);
    EXPECT_EQ(last("credential.adaptation_removed").actor, "adm_1");
    EXPECT_EQ(last("credential.adaptation_removed").details.at("sample"), sample.text());
    EXPECT_EQ(code_of(services->subjects.forget_adapted(tenant.id, subject().id, sample, "adm_1")),
              ErrorCode::not_found);
    ASSERT_TRUE(passes());
    EXPECT_TRUE(adapted().empty());
}

TEST_P(AdaptationContract, AllAdaptedSamplesGoAtOnceAndTheEnrolledOnesStay) {
    allow();
    for (int day = 0; day < 2; ++day) {
        ASSERT_TRUE(passes());
        clock.advance(days(1));
    }

    EXPECT_EQ(services->subjects.forget_adapted(tenant.id, subject().id, std::nullopt, "cli").value(), 2);

    EXPECT_TRUE(adapted().empty());
    EXPECT_EQ(opened().samples.size(), 3U);
    EXPECT_EQ(audited("credential.adaptation_removed"), 2);
}

TEST_P(AdaptationContract, AnEnrolledSampleAndThoseOfOthersCannotBeTakenAway) {
    allow();
    ASSERT_TRUE(passes());
    enrol("auth0|bob");
    const auto credential = detail().credentials.front();
    const auto samples = in_transaction(services->work, Access::read, [&](Repositories& r) {
                             return r.credentials().samples(tenant.id, credential.id);
                         }).value();
    const auto forget = [&](const SubjectId& whose, const SampleId& sample) {
        return code_of(services->subjects.forget_adapted(tenant.id, whose, sample, "adm_1"));
    };
    const auto globex = services->tenants.create("Globex", "cli").value();

    EXPECT_EQ(forget(subject().id, samples.front().id), ErrorCode::not_found);
    EXPECT_EQ(forget(subject("auth0|bob").id, adapted().front().id), ErrorCode::not_found);
    EXPECT_EQ(code_of(services->subjects.forget_adapted(globex.id, subject().id, std::nullopt, "adm_1")),
              ErrorCode::not_found);

    EXPECT_EQ(opened().samples.size(), 3U);
    EXPECT_EQ(opened().adapted.size(), 1U);
}

}  // namespace countersign::domain
