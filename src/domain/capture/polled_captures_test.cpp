#include "domain/capture/polled_captures.hpp"

#include <gmock/gmock.h>

#include "tests/support/capture_fixture.hpp"

namespace countersign::domain {
namespace {

using ::testing::ElementsAre;
using Body = PolledCaptures::Body;

class PolledCapture : public testing::CaptureFixture {
protected:
    void SetUp() override { enrol("alice"); }

    void offer() {
        offer_ = service_.open(browser(), {.transport = "http"}).value();
        sender_.emplace(offer_->mac_key.view(), offer_->nonce);
        heard_.clear();
    }
    std::string post(ByteView body, Body kind = Body::frames) {
        auto output = polled_.post(browser(), offer_->ticket, kind, body);
        return output ? hear(*std::move(output)) : std::string(to_string(output.error().code));
    }
    std::string poll() { return post({}); }
    Bytes batch(std::initializer_list<Bytes> frames) {
        Bytes body;
        for (const auto& frame : frames)
            body.insert(body.end(), frame.begin(), frame.end());
        return body;
    }

    PolledCaptures polled_{service_};
};

TEST_F(PolledCapture, VerifiesAFaceWithoutAStream) {
    offer();
    EXPECT_EQ(poll(), "ready");
    EXPECT_EQ(post(batch({key_frame("alice"), key_frame("alice"), key_frame("alice")})),
              "ack:0 ack:1 ack:2 step:0");
    for (int step = 0; step < 6; ++step) {
        post(as_bytes(fmt::format(R"({{"type":"painted","index":{}}})", step)), Body::message);
        clock_.advance(milliseconds(150));
        post(batch({answer_frame(step, "alice"), answer_frame(step, "alice")}));
        clock_.advance(milliseconds(150));
        poll();
    }
    clock_.advance(milliseconds(50));
    poll();
    EXPECT_EQ(heard_.back(), "result:passed/passed/2");
    EXPECT_EQ(polled_.open(), 0U);
    EXPECT_EQ(poll(), "already_used");
}

TEST_F(PolledCapture, MayBringItsFirstFramesWithTheTicket) {
    policy(LivenessPolicy::passive);
    offer();
    EXPECT_EQ(post(batch({key_frame("alice"), key_frame("alice"), key_frame("alice")})),
              "ready ack:0 ack:1 ack:2 checking");
    clock_.advance(milliseconds(50));
    EXPECT_EQ(poll(), "result:passed/passed/2");
}

TEST_F(PolledCapture, EndsOnABodyThatIsNotFrames) {
    offer();
    EXPECT_EQ(post(as_bytes("nonsense")), "ready error:protocol_error");
    EXPECT_EQ(polled_.open(), 0U);
    EXPECT_THAT(ledger_.recorded, ElementsAre(AttemptResult::broken_chain));
}

TEST_F(PolledCapture, CancelsByMessage) {
    offer();
    EXPECT_EQ(post(as_bytes(R"({"type":"cancel"})"), Body::message), "ready result:failed/cancelled/2");
    EXPECT_EQ(polled_.open(), 0U);
}

TEST_F(PolledCapture, RefusesATicketThatIsWrongExpiredOrOfAnotherVerification) {
    offer();
    auto stranger = browser();
    stranger.verification.id = VerificationId::make(clock_.now(), random_);
    EXPECT_EQ(polled_.post(stranger, offer_->ticket, Body::frames, {}).error().code, ErrorCode::forbidden);
    EXPECT_EQ(poll(), "ready");
    EXPECT_EQ(polled_.post(stranger, offer_->ticket, Body::frames, {}).error().code, ErrorCode::forbidden);
    EXPECT_EQ(polled_.post(browser(), "unknown", Body::frames, {}).error().code, ErrorCode::unauthenticated);
    offer();
    clock_.advance(seconds(20));
    EXPECT_EQ(poll(), "transaction_expired");
    EXPECT_EQ(polled_.open(), 1U);
}

TEST_F(PolledCapture, ClosesAPageThatStoppedAsking) {
    offer();
    poll();
    clock_.advance(milliseconds(14'999));
    polled_.sweep();
    EXPECT_EQ(polled_.open(), 1U);
    clock_.advance(milliseconds(1));
    polled_.sweep();
    EXPECT_EQ(polled_.open(), 0U);
    EXPECT_THAT(ledger_.recorded, ElementsAre(AttemptResult::aborted));
    EXPECT_EQ(poll(), "already_used");
}

TEST_F(PolledCapture, GivesUpInItsOwnTimeWithoutATimer) {
    offer();
    poll();
    clock_.advance(seconds(20));
    EXPECT_EQ(poll(), "");
    clock_.advance(milliseconds(50));
    EXPECT_EQ(poll(), "result:retry/face_timeout/2");
}

TEST_F(PolledCapture, AnswersOneRequestOfACaptureAtATime) {
    policy(LivenessPolicy::passive);
    offer();
    std::string second;
    engine_.on_verify = [&] {
        const auto meanwhile = polled_.post(browser(), offer_->ticket, Body::frames, {});
        second = std::string(meanwhile ? "answered" : to_string(meanwhile.error().code));
        clock_.advance(seconds(60));
        polled_.sweep();  // must leave a capture at work alone
    };
    post(batch({key_frame("alice"), key_frame("alice"), key_frame("alice")}));
    EXPECT_EQ(second, "rate_limited");
    EXPECT_EQ(heard_.back(), "result:passed/passed/2");
}

TEST_F(PolledCapture, AreBoundedInNumberAndTheRefusedTicketIsNotSpent) {
    ledger_.verification.attempts_max = 10;
    CaptureService small(ledger_, engine_, clock_, random_, CaptureSettings{.rules = {}, .max_polled = 1});
    PolledCaptures one(small);
    const auto first = small.open(browser(), {.transport = "http"}).value();
    const auto second = small.open(browser(), {.transport = "http"}).value();
    EXPECT_TRUE(one.post(browser(), first.ticket, Body::frames, {}).has_value());
    EXPECT_EQ(one.post(browser(), second.ticket, Body::frames, {}).error().code, ErrorCode::queue_full);
    EXPECT_TRUE(
        one.post(browser(), first.ticket, Body::message, as_bytes(R"({"type":"cancel"})")).has_value());
    EXPECT_TRUE(one.post(browser(), second.ticket, Body::frames, {}).has_value());
}

}  // namespace
}  // namespace countersign::domain
