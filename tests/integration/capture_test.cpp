// A capture over the real services and a real store: what is left in the rows after each end. Only the face
// engine and the page are played.
#include <gmock/gmock.h>

#include "domain/capture/polled_captures.hpp"
#include "domain/login_contract.hpp"
#include "persistence/sqlite_engines_contract.hpp"
#include "tests/support/capture_fixture.hpp"

namespace countersign::domain {
namespace {

class CaptureContract : public LoginContract {
protected:
    void SetUp() override {
        models.current = face_engine.embedding_model();
        LoginContract::SetUp();
        use_capture();
    }
    void use_capture() {
        ledger = std::make_unique<VerificationLedger>(services->verifications);
        captures = std::make_unique<CaptureService>(*ledger, face_engine, clock, random);
    }

    Started begin_login() {
        auto started = start_as("auth0|alice").value();
        if (row(started.verification).state == VerificationState::opened)
            consent(started.verification).value();
        return started;
    }
    BrowserSession browser(const Started& started) {
        return services->sessions.authorise(started.verification, started.cookie_value).value();
    }

    void hear(const CaptureOutput& output) {
        for (const auto& message : output.messages)
            last_heard = testing::word(message);
        wake_at = output.wake_at;
        finished = output.finished;
    }
    std::string picture(std::string_view person) { return fmt::format("{} {}", person, ++pictures); }

    /// Opens a capture and sends what an honest page sends, up to `checking`.
    std::unique_ptr<CaptureSession> stream(const Started& started, std::string_view person) {
        const auto offer = captures->open(browser(started), {.transport = "websocket"}).value();
        auto session = captures->attach(browser(started), offer.ticket).value();
        testing::FrameBuilder page(offer.mac_key.view(), offer.nonce);
        finished = false;
        hear(session->on_open());
        for (int i = 0; i < 3; ++i) {
            hear(session->on_frame(page.next(testing::FrameBuilder::key(), picture(person))));
        }
        for (int step = 0; step < offer.steps; ++step) {
            for (int i = 0; i < 2; ++i) {
                clock.advance(milliseconds(100));
                hear(session->on_frame(page.next(testing::FrameBuilder::challenge(step), picture(person))));
            }
            clock.set(*wake_at);
            hear(session->on_timer());
        }
        return session;
    }
    std::string finish(CaptureSession& session) {
        for (int i = 0; i < 4 && !finished; ++i) {
            if (clock.now() < *wake_at) clock.set(*wake_at);
            hear(session.on_timer());
        }
        return last_heard;
    }
    std::string capture(const Started& started, std::string_view person) {
        return finish(*stream(started, person));
    }
    /// A whole first login of Alice.
    void enrol_alice() {
        const auto started = begin_login();
        ASSERT_EQ(capture(started, "alice"), "result:passed/passed/2");
        services->returns.take(started.verification, started.cookie_value).value();
        services->confirm.confirm(confirm_token(started.verification)).value();
    }
    std::vector<Credential> credentials() {
        const auto id = subject().id;
        return in_transaction(services->work, Access::read,
                              [&](Repositories& r) { return r.credentials().of_subject(tenant.id, id); })
            .value();
    }
    /// The cause the audit holds for the last end of an attempt.
    std::string audited_cause() {
        std::string cause;
        for (const auto& event : audit()) {
            const auto place = event.entry.details.find("cause");
            if (place != event.entry.details.end()) cause = place->second;
        }
        return cause;
    }

    testing::FakeFaceEngine face_engine;
    std::unique_ptr<VerificationLedger> ledger;
    std::unique_ptr<CaptureService> captures;
    std::string last_heard;
    std::optional<UnixMicros> wake_at;
    bool finished{false};
    int pictures{0};
};

TEST_P(CaptureContract, EnrolsAPendingCredentialWithThreeSealedSamples) {
    const auto started = begin_login();

    EXPECT_EQ(capture(started, "alice"), "result:passed/passed/2");

    const auto stored = credentials();
    ASSERT_EQ(stored.size(), 1U);
    EXPECT_EQ(stored[0].state, CredentialState::pending);
    EXPECT_EQ(stored[0].model, "fake/1");
    const auto samples = in_transaction(services->work, Access::read, [&](Repositories& r) {
                             return r.credentials().samples(tenant.id, stored[0].id);
                         }).value();
    ASSERT_EQ(samples.size(), 3U);
    for (const auto& sample : samples)
        EXPECT_EQ(as_text(sample.sealed).find("alice"), std::string_view::npos);
    EXPECT_EQ(row(started.verification).state, VerificationState::passed);
}

TEST_P(CaptureContract, VerifiesTheFaceThatWasEnrolled) {
    enrol_alice();
    const auto started = begin_login();

    EXPECT_EQ(capture(started, "alice"), "result:passed/passed/2");

    EXPECT_EQ(row(started.verification).credential, credentials()[0].id);
    EXPECT_EQ(subject().failed_attempts, 0);
}

TEST_P(CaptureContract, DeniesAnotherFaceExactlyThreeTimesAndThenForGood) {
    enrol_alice();
    const auto started = begin_login();
    for (const auto* expected :
         {"result:retry/not_verified/2", "result:retry/not_verified/1", "result:failed/not_verified/0"}) {
        EXPECT_EQ(capture(started, "mallory"), expected);
        EXPECT_EQ(audited_cause(), "no_match");
    }
    EXPECT_EQ(row(started.verification).code, OutcomeCode::failed);
    EXPECT_EQ(code_of(captures->open(browser(started), {})), ErrorCode::attempts_used_up);
}

TEST_P(CaptureContract, KeepsTheCauseOfALivenessFailureInTheAuditOnly) {
    enrol_alice();
    const auto started = begin_login();
    face_engine.active = face::ChallengeAnswer::not_live;

    EXPECT_EQ(capture(started, "alice"), "result:retry/not_verified/2");

    EXPECT_EQ(audited_cause(), "not_live_active");
    EXPECT_EQ(row(started.verification).attempts_used, 1);
}

TEST_P(CaptureContract, GrantsNothingWithoutConsent) {
    const auto started = start_as("auth0|alice").value();
    EXPECT_EQ(code_of(captures->open(browser(started), {})), ErrorCode::consent_required);
    EXPECT_EQ(row(started.verification).attempts_used, 0);
    EXPECT_TRUE(credentials().empty());
}

TEST_P(CaptureContract, RefusesTheTicketWithTheCookieOfAnotherLogin) {
    const auto started = begin_login();
    const auto other = start_as("auth0|bob").value();
    const auto offer = captures->open(browser(started), {}).value();
    EXPECT_EQ(code_of(captures->attach(browser(other), offer.ticket)), ErrorCode::forbidden);
    EXPECT_TRUE(captures->attach(browser(started), offer.ticket).has_value());
    EXPECT_EQ(code_of(captures->attach(browser(started), offer.ticket)), ErrorCode::already_used);
}

TEST_P(CaptureContract, HoldsNoTransactionDuringInference) {
    enrol_alice();
    const auto started = begin_login();
    bool written = false;
    face_engine.on_verify = [&] { written = services->tenants.create("Meanwhile", "cli").has_value(); };

    EXPECT_EQ(capture(started, "alice"), "result:passed/passed/2");

    EXPECT_TRUE(written) << "a writer got through while the engine worked";
}

TEST_P(CaptureContract, OnlyTheNewestCaptureMayRecordAVerdict) {
    enrol_alice();
    const auto started = begin_login();
    auto older = stream(started, "alice");
    ASSERT_TRUE(captures->open(browser(started), {}).has_value());
    EXPECT_EQ(finish(*older), "error:conflict");
    EXPECT_EQ(row(started.verification).state, VerificationState::capturing);
}

TEST_P(CaptureContract, AnswersExpiredWhenTheVerificationRanOutOfTime) {
    enrol_alice();
    const auto started = begin_login();
    auto session = stream(started, "alice");
    clock.advance(minutes(11));
    EXPECT_EQ(finish(*session), "result:failed/expired/0");
    EXPECT_EQ(row(started.verification).code, OutcomeCode::expired);
}

TEST_P(CaptureContract, CancelInTheMiddleEndsTheVerification) {
    const auto started = begin_login();
    auto session = stream(started, "alice");
    hear(session->on_text(R"({"type":"cancel"})"));
    EXPECT_EQ(last_heard, "result:failed/cancelled/2");
    EXPECT_EQ(row(started.verification).code, OutcomeCode::cancelled);
    EXPECT_TRUE(credentials().empty());
}

COUNTERSIGN_ON_EVERY_ENGINE(CaptureContract);

}  // namespace
}  // namespace countersign::domain
