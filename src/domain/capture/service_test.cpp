#include "domain/capture/service.hpp"

#include <gtest/gtest.h>

#include <set>

#include "tests/support/capture_fixture.hpp"

namespace countersign::domain {
namespace {

class CaptureOpening : public testing::CaptureFixture {
protected:
    Result<ChallengeOffer> offer() { return service_.open(browser(), {.transport = "websocket"}); }
    ErrorCode attach_error(const BrowserSession& who, std::string_view ticket) {
        const auto attached = service_.attach(who, ticket);
        EXPECT_FALSE(attached.has_value());
        return attached ? ErrorCode::internal : attached.error().code;
    }
};

TEST_F(CaptureOpening, OffersAChallengeOfThePolicy) {
    const auto both = offer();
    ASSERT_TRUE(both.has_value());
    EXPECT_EQ(both->kind, ChallengeKind::colour_sequence);
    EXPECT_EQ(both->steps, 6);
    EXPECT_EQ(both->ticket.size(), 43U);
    EXPECT_EQ(both->nonce.size(), 16U);
    EXPECT_EQ(both->mac_key.size(), 32U);
    EXPECT_EQ(both->commitment.size(), 64U);
    EXPECT_EQ(both->expires_in, seconds(20));
    policy(LivenessPolicy::active);
    EXPECT_EQ(offer()->kind, ChallengeKind::colour_sequence);
    policy(LivenessPolicy::passive);
    EXPECT_EQ(offer()->kind, ChallengeKind::none);
}

TEST_F(CaptureOpening, OffersMovementsToWhoeverAsksForNoColours) {
    const CaptureClient no_flashes{.transport = "websocket", .prefers_movement = true};
    const auto moving = service_.open(browser(), no_flashes);
    ASSERT_TRUE(moving.has_value());
    EXPECT_EQ(moving->kind, ChallengeKind::movement);
    EXPECT_EQ(moving->steps, 8);
    policy(LivenessPolicy::passive);
    EXPECT_EQ(service_.open(browser(), no_flashes)->kind, ChallengeKind::none);
}

TEST_F(CaptureOpening, HasTheWireFormOfTheContract) {
    auto fixed = *offer();
    fixed.nonce = Bytes(16, 0);
    fixed.mac_key = SecretBytes(Bytes(32, 0));
    fixed.ticket = "t";
    fixed.commitment = "c";
    const auto json = json::serialize(to_json(fixed));
    EXPECT_EQ(json,
              fmt::format(R"({{"challenge_id":"{}","ticket":"t","nonce":"{}","mac_key":"{}",)"
                          R"("kind":"colour_sequence","steps":6,"commitment":"c","expires_in_ms":20000,)"
                          R"("limits":{{"max_frames":60,"max_frame_bytes":200000,)"
                          R"("max_total_bytes":1500000,"max_side":1280}},)"
                          R"("movement_limits":{{"max_frames":240,"max_frame_bytes":200000,)"
                          R"("max_total_bytes":4000000,"max_side":1280}}}})",
                          fixed.id.text(), std::string(22, 'A'), std::string(43, 'A')));
}

TEST_F(CaptureOpening, DrawsEverythingAnewForEachAttempt) {
    std::set<std::string> seen;
    for (int i = 0; i < 3; ++i) {
        const auto drawn = offer().value();
        seen.insert({drawn.ticket, to_hex(drawn.nonce), to_hex(drawn.mac_key.view()), drawn.commitment});
    }
    EXPECT_EQ(seen.size(), 12U);
}

TEST_F(CaptureOpening, ChargesExactlyTheAttemptsThereAre) {
    EXPECT_TRUE(offer().has_value());
    EXPECT_TRUE(offer().has_value());
    EXPECT_TRUE(offer().has_value());
    EXPECT_EQ(offer().error().code, ErrorCode::attempts_used_up);
    EXPECT_EQ(ledger_.verification.attempts_used, 3);
}

TEST_F(CaptureOpening, PassesOnWhyNoAttemptIsGranted) {
    ledger_.verification.state = VerificationState::opened;
    EXPECT_EQ(offer().error().code, ErrorCode::consent_required);
    for (const auto error : {ErrorCode::locked, ErrorCode::rate_limited, ErrorCode::unavailable}) {
        ledger_.charge_error = error;
        EXPECT_EQ(offer().error().code, error);
    }
    EXPECT_EQ(ledger_.verification.attempts_used, 0);
    EXPECT_TRUE(ledger_.recorded.empty());
}

TEST_F(CaptureOpening, RedeemsATicketOnce) {
    const auto drawn = offer().value();
    EXPECT_TRUE(service_.attach(browser(), drawn.ticket).has_value());
    EXPECT_EQ(attach_error(browser(), drawn.ticket), ErrorCode::already_used);
}

TEST_F(CaptureOpening, RefusesATicketAfterTwentySeconds) {
    const auto drawn = offer().value();
    clock_.advance(seconds(20));
    EXPECT_EQ(attach_error(browser(), drawn.ticket), ErrorCode::transaction_expired);
}

TEST_F(CaptureOpening, RefusesAnUnknownTicket) {
    EXPECT_EQ(attach_error(browser(), std::string(43, 'A')), ErrorCode::unauthenticated);
}

TEST_F(CaptureOpening, RefusesTheTicketOfAnotherVerificationWithoutSpendingIt) {
    const auto drawn = offer().value();
    auto stranger = browser();
    stranger.verification.id = VerificationId::make(clock_.now(), random_);
    EXPECT_EQ(attach_error(stranger, drawn.ticket), ErrorCode::forbidden);
    EXPECT_TRUE(service_.attach(browser(), drawn.ticket).has_value());
}

TEST_F(CaptureOpening, GrantsNothingForAChallengeDrawnByAnotherProcess) {
    const auto drawn = offer().value();
    CaptureService restarted(ledger_, engine_, clock_, random_);
    const auto attached = restarted.attach(browser(), drawn.ticket);
    ASSERT_FALSE(attached.has_value());
    EXPECT_EQ(attached.error().code, ErrorCode::unavailable);
}

TEST_F(CaptureOpening, RefusesBeforeTheChargeWhenTooManyWait) {
    ledger_.verification.attempts_max = 10;
    CaptureService small(ledger_, engine_, clock_, random_, CaptureSettings{.rules = {}, .max_waiting = 2});
    EXPECT_TRUE(small.open(browser(), {}).has_value());
    EXPECT_TRUE(small.open(browser(), {}).has_value());
    EXPECT_EQ(small.open(browser(), {}).error().code, ErrorCode::queue_full);
    EXPECT_EQ(ledger_.verification.attempts_used, 2);
    clock_.advance(seconds(20));
    EXPECT_TRUE(small.open(browser(), {}).has_value()) << "what nobody came for makes room";
}

}  // namespace
}  // namespace countersign::domain
