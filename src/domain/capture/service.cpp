#include "domain/capture/service.hpp"

#include "crypto/digest.hpp"
#include "telemetry/log.hpp"

namespace countersign::domain {

namespace {

constexpr std::size_t kNonceBytes = 16;
constexpr std::size_t kMacKeyBytes = 32;

std::string ticket_key(std::string_view ticket) {
    return to_hex(crypto::sha256(as_bytes(ticket)));
}

ChallengeKind kind_for(LivenessPolicy policy, const CaptureClient& client) {
    if (policy == LivenessPolicy::passive) return ChallengeKind::none;
    return client.prefers_movement ? ChallengeKind::movement : ChallengeKind::colour_sequence;
}

/// Colours come with movements behind them, for the case of doubt; movements never lead to colours.
PlanSize size_for(ChallengeKind kind, const ChallengeRules& rules) {
    PlanSize size;
    if (kind == ChallengeKind::none) return size;
    size.movement_sequences = rules.movement_restarts + 1;
    size.movements = rules.movements;
    if (kind == ChallengeKind::movement) return size;
    size.colour_sequences = rules.max_restarts + 1;
    size.colour_steps = rules.steps;
    return size;
}

int steps_of(ChallengeKind kind, const ChallengeRules& rules) {
    switch (kind) {
        case ChallengeKind::none:
            return 0;
        case ChallengeKind::colour_sequence:
            return rules.steps;
        case ChallengeKind::movement:
            return rules.movement_steps();
    }
    return 0;
}

json::object to_json(const FrameLimits& limits) {
    return {{"max_frames", limits.max_frames},
            {"max_frame_bytes", limits.max_frame_bytes},
            {"max_total_bytes", limits.max_total_bytes},
            {"max_side", limits.max_side}};
}

}  // namespace

Result<ChallengeOffer> CaptureService::open(const BrowserSession& browser, const CaptureClient& client) {
    CS_TRY(make_room());
    const auto charged = CS_TRY(parts_.ledger.charge(browser.verification.tenant, browser.verification.id));
    auto offer = draw(charged, kind_for(charged.integration.settings.liveness, client), client);
    telemetry::log::event(telemetry::log::Level::info, "capture.opened",
                          {{"verification_id", charged.verification.id.text()},
                           {"challenge_id", charged.challenge.text()},
                           {"kind", to_string(offer.kind)},
                           {"transport", client.transport},
                           {"attempt", charged.verification.attempts_used}});
    return offer;
}

/// Drops what nobody came for. Before the charge, so that a full house costs no attempt.
Result<void> CaptureService::make_room() {
    auto waiting = waiting_.lock();
    const auto now = parts_.clock.now();
    std::erase_if(*waiting, [&](const auto& entry) { return entry.second.expires_at <= now; });
    if (waiting->size() < settings_.max_waiting) return {};
    return fail(ErrorCode::queue_full, "too many captures wait for their stream");
}

ChallengeOffer CaptureService::draw(const ChargedAttempt& charged, ChallengeKind kind,
                                    const CaptureClient& client) {
    CaptureSecrets secrets{
        .kind = kind, .plan = {}, .nonce = {}, .mac_key = {}, .camera_label = client.camera_label};
    secrets.plan = draw_plan(parts_.random, size_for(kind, settings_.rules));
    secrets.nonce = parts_.random.bytes(kNonceBytes);
    secrets.mac_key = SecretBytes(parts_.random.bytes(kMacKeyBytes));

    ChallengeOffer offer;
    offer.id = charged.challenge;
    offer.ticket = charged.ticket;
    offer.nonce = secrets.nonce;
    offer.mac_key = secrets.mac_key.clone();
    offer.kind = kind;
    offer.steps = steps_of(kind, settings_.rules);
    offer.commitment = secrets.plan.commitment();
    offer.limits = settings_.rules.limits;
    offer.movement_limits = settings_.rules.movement_limits;
    offer.expires_in = kTicketLifetime;
    waiting_.lock()->insert_or_assign(
        ticket_key(charged.ticket),
        Waiting{charged.verification.id, std::move(secrets), parts_.clock.now() + kTicketLifetime});
    return offer;
}

Result<std::unique_ptr<CaptureSession>> CaptureService::attach(const BrowserSession& browser,
                                                               std::string_view ticket) {
    const auto key = ticket_key(ticket);
    if (belongs_to_another(key, browser.verification.id)) {
        return fail(ErrorCode::forbidden, "ticket of another verification");
    }
    auto opened = CS_TRY(parts_.ledger.begin(ticket));
    if (opened.verification.id != browser.verification.id) {
        return fail(ErrorCode::forbidden, "ticket of another verification");
    }
    auto waiting = waiting_.lock()->extract(key);
    if (waiting.empty()) return fail(ErrorCode::unavailable, "this process did not draw the challenge");
    return std::make_unique<CaptureSession>(parts_, std::move(opened), std::move(waiting.mapped().secrets));
}

/// Asked before the ticket is redeemed, so that a stranger cannot spend it.
bool CaptureService::belongs_to_another(const std::string& key, const VerificationId& id) {
    auto waiting = waiting_.lock();
    const auto place = waiting->find(key);
    return place != waiting->end() && place->second.verification != id;
}

json::object to_json(const ChallengeOffer& offer) {
    json::object out{{"challenge_id", offer.id.text()},    {"ticket", offer.ticket},
                     {"nonce", to_base64url(offer.nonce)}, {"mac_key", to_base64url(offer.mac_key.view())},
                     {"kind", to_string(offer.kind)},      {"steps", offer.steps},
                     {"commitment", offer.commitment},     {"expires_in_ms", offer.expires_in.value / 1000}};
    out["limits"] = to_json(offer.limits);
    out["movement_limits"] = to_json(offer.movement_limits);
    return out;
}

}  // namespace countersign::domain
