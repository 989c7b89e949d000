#pragma once

#include <map>
#include <memory>
#include <string>

#include "base/guarded.hpp"
#include "domain/capture/session.hpp"
#include "domain/verification/session_service.hpp"

namespace countersign::domain {

/// What the page says about itself, and what its user asks for. Everything in it can be forged.
struct CaptureClient {
    std::string transport;         // "websocket" or "http"
    bool prefers_movement{false};  // no flashing colours for this user
    std::string camera_label{};    // the camera's name, for the audit's signals
};

/// The answer of `POST challenge`. `ticket` and `mac_key` go to the browser once and are not stored in the
/// clear.
struct ChallengeOffer {
    ChallengeId id;
    std::string ticket;   // 43 base64url characters
    Bytes nonce;          // 16 bytes
    SecretBytes mac_key;  // 32 bytes
    ChallengeKind kind{ChallengeKind::none};
    int steps{0};
    std::string commitment;  // hex SHA-256
    FrameLimits limits;
    FrameLimits movement_limits;
    Micros expires_in;
};
json::object to_json(const ChallengeOffer& offer);

/// Opens captures: charge, draw the challenge, hand out the ticket; later turn the ticket into a session.
///
/// The drawn sequences wait in memory between the two calls (20 s at most), so the stream must reach the
/// process that charged; a restart in between costs the attempt, never a bypass.
///
/// Errors:  those of VerificationService; queue_full (too many captures wait; nothing was charged), forbidden
/// (ticket of
///          another verification; it stays usable), unavailable (drawn by another process or before a
///          restart).
/// Threads: safe; both calls block on the store: request lane.
/// Source:  docs/protocol/capture.md; requirements S3, S4, S13.
class CaptureService {
public:
    CaptureService(AttemptLedger& ledger, face::FaceEngine& engine, const Clock& clock, Random& random,
                   CaptureSettings settings = {})
        : settings_(settings), parts_{ledger, engine, clock, random, settings_} {}

    CaptureService(const CaptureService&) = delete;
    CaptureService& operator=(const CaptureService&) = delete;

    /// `browser` comes from SessionService::authorise: the cookie has been checked.
    Result<ChallengeOffer> open(const BrowserSession& browser, const CaptureClient& client);

    Result<std::unique_ptr<CaptureSession>> attach(const BrowserSession& browser, std::string_view ticket);

    const CaptureSettings& settings() const { return settings_; }
    const Clock& clock() const { return parts_.clock; }

private:
    struct Waiting {
        VerificationId verification;
        CaptureSecrets secrets;
        UnixMicros expires_at;
    };
    using WaitingRoom = std::map<std::string, Waiting>;  // by hex SHA-256 of the ticket

    Result<void> make_room();
    ChallengeOffer draw(const ChargedAttempt& charged, ChallengeKind kind, const CaptureClient& client);
    bool belongs_to_another(const std::string& key, const VerificationId& id);

    const CaptureSettings settings_;
    CaptureParts parts_;
    Guarded<WaitingRoom> waiting_;
};

}  // namespace countersign::domain
