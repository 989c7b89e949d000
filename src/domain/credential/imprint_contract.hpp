#pragma once

#include "domain/login_contract.hpp"

namespace countersign::domain {

/// What is kept of earlier captures, on every store.
class ImprintContract : public LoginContract {
protected:
    static face::Imprint imprint(std::string_view name) {
        return {.face = {.model = "net/1", .data = SecretBytes(as_bytes(kTemplateBytes))},
                .look = SecretBytes(as_bytes("LOOK-SENTINEL-" + std::string(name)))};
    }
    Started open_for_capture() {
        auto started = start_as("auth0|alice").value();
        if (row(started.verification).state == VerificationState::opened)
            consent(started.verification).value();
        return started;
    }
    /// One capture that leaves one imprint.
    void capture(AttemptResult result, const std::string& name) {
        clock.advance(minutes(5));
        const auto started = open_for_capture();
        const auto charged = charge(started.verification).value();
        const auto samples = templates();
        std::vector<face::Imprint> imprints;
        imprints.push_back(imprint(name));
        CaptureFinding finding;
        finding.result = result;
        finding.imprints = imprints;
        if (result == AttemptResult::passed) finding.samples = samples;
        ASSERT_TRUE(services->verifications.record_verdict(tenant.id, started.verification, charged.challenge,
                                                           finding));
    }
    /// The names of what the next capture is compared with, in order.
    std::vector<std::string> remembered() {
        clock.advance(minutes(1));  // longer than the delay after many failures
        const auto started = open_for_capture();
        const auto charged = charge(started.verification).value();
        const auto opened = services->verifications.begin_capture(charged.ticket);
        std::vector<std::string> names;
        for (const auto& earlier : opened.value().earlier)
            names.emplace_back(as_text(earlier.look.view()).substr(14));
        std::ranges::sort(names);
        return names;
    }
};

TEST_P(ImprintContract, GivesTheNextCaptureWhatEarlierOnesLeftWhateverTheirEnd) {
    capture(AttemptResult::not_live_active, "a");
    capture(AttemptResult::passed, "b");

    EXPECT_EQ(remembered(), (std::vector<std::string>{"a", "b"}));
}

TEST_P(ImprintContract, KeepsTheNewestAndLetsFailuresPushOutNoSuccess) {
    capture(AttemptResult::passed, "genuine");
    for (char name = 'a'; name <= 'j'; ++name)
        capture(AttemptResult::no_match, std::string(1, name));

    EXPECT_EQ(remembered(), (std::vector<std::string>{"c", "d", "e", "f", "g", "genuine", "h", "i", "j"}));
}

TEST_P(ImprintContract, ForgetsAfterAMonthAndWithThePerson) {
    capture(AttemptResult::no_match, "old");
    clock.advance(days(20));
    capture(AttemptResult::no_match, "new");
    clock.advance(days(11));
    ASSERT_TRUE(services->maintenance.run_once());
    EXPECT_EQ(remembered(), std::vector<std::string>{"new"});

    ASSERT_TRUE(services->subjects.remove(tenant.id, subject().id, "cli"));
    EXPECT_EQ(remembered(), std::vector<std::string>{});
}

TEST_P(ImprintContract, StayWhenAPersonIsAskedToEnrolAnew) {
    capture(AttemptResult::passed, "before");
    const auto made = services->subjects.show(tenant.id, subject().id).value().credentials.front();
    ASSERT_TRUE(in_transaction(services->work, Access::write, [&](Repositories& r) {
        return r.credentials().change_state(tenant.id, made.id, CredentialState::pending,
                                            CredentialState::active, clock.now());
    }));

    ASSERT_TRUE(services->subjects.re_enrol(tenant.id, subject().id, "cli"));

    EXPECT_EQ(remembered(), std::vector<std::string>{"before"})
        << "else a recording of the old capture would enrol";
}

TEST_P(ImprintContract, DeniesWhenTheyWereMovedToAnotherCapture) {
    capture(AttemptResult::no_match, "a");
    ASSERT_TRUE(engine->tamper("UPDATE capture_imprint SET challenge_id = 'chl_01HZZZZZZZZZZZZZZZZZZZZZZZ'"));
    const auto charged = charge(open_for_capture().verification).value();

    EXPECT_EQ(code_of(services->verifications.begin_capture(charged.ticket)), ErrorCode::internal);
}

TEST_P(ImprintContract, AreNotReadableOnDisk) {
    capture(AttemptResult::no_match, "a");
    engine->checkpoint();

    EXPECT_EQ(engine->bytes_on_disk().find("SENTINEL"), std::string::npos);
}

}  // namespace countersign::domain
