#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "domain/integration/types.hpp"

namespace countersign::domain {

enum class Purpose { enrolment, verification };
std::string_view to_string(Purpose purpose);
Result<Purpose> parse_purpose(std::string_view text);

/// States of the transaction row; the edges are in state_machine.hpp.
enum class VerificationState {
    opened,     // the start token was exchanged; a consent is still missing
    consented,  // a capture may begin
    capturing,  // an attempt is charged and running
    passed,     // final
    failed,     // final: attempts used up
    cancelled,  // final: by the user, also a declined consent
    expired,    // final: out of time
    refused,    // final from the start: disabled, not enrolled or locked
};
std::string_view to_string(VerificationState state);
Result<VerificationState> parse_verification_state(std::string_view text);
bool is_final(VerificationState state);

/// `code` of the result token, docs/integration/auth0-tokens.md.
enum class OutcomeCode { passed, failed, cancelled, integration_disabled, not_enrolled, locked, expired };
std::string_view to_string(OutcomeCode code);
Result<OutcomeCode> parse_outcome_code(std::string_view text);

/// What the start token said, frozen for the life of the verification.
struct Origin {
    std::string subject_external_id;  // `sub`
    std::string issuer;               // `iss`, echoed in the result token
    std::string return_domain;        // the registered domain that `iss` named
    std::string return_state;         // the identity provider's `state`, byte for byte
    std::string nonce;
    std::string transaction_id;
    std::string client_id;
    std::string client_name;
    std::string locale;  // a language we have, "en" when in doubt
    SecretId secret;     // the Session Secret that signed the start token; signs the result too
};

/// The transaction row. Changed only by compare-and-set through VerificationRepository.
struct Verification {
    VerificationId id;
    TenantId tenant;
    IntegrationId integration;
    SubjectId subject;  // empty when refused before a subject existed
    Purpose purpose{Purpose::verification};
    VerificationState state{VerificationState::opened};
    Origin origin;
    std::string cookie_hash;  // hex SHA-256 of the browser's cookie value
    int attempts_used{0};
    int attempts_max{3};
    std::optional<ConsentId> consent;
    std::optional<ChallengeId> challenge;  // the running capture; an older one can no longer record a verdict
    std::optional<OutcomeCode> code;       // set with a final state
    std::optional<CredentialId> credential;
    UnixMicros created_at;
    UnixMicros expires_at;
    std::optional<UnixMicros> decided_at;
    std::optional<UnixMicros> consumed_at;   // result token handed out: once
    std::optional<UnixMicros> confirmed_at;  // confirmed by the Action: once
    std::optional<std::string> cause;        // why it did not pass: the last attempt's result, or the code
    std::optional<Micros> duration;          // from the opening of the last capture to its verdict
    std::optional<SimulationId> simulation;  // a login that an administrator plays, see domain/simulation

    int attempts_left() const { return attempts_max - attempts_used; }
};

/// One step of a transaction's timeline.
struct VerificationStep {
    UnixMicros at;
    std::string kind;  // "opened", "camera", "attempt", "passed", "returned" …
    std::map<std::string, std::string> details{};
};

/// Permission to stream one capture, given out by a charge. Single use; only the hash of the ticket is
/// stored.
struct CaptureTicket {
    ChallengeId id;
    TenantId tenant;
    VerificationId verification;
    std::string ticket_hash;  // hex SHA-256
    UnixMicros created_at;
    UnixMicros expires_at;
    std::optional<UnixMicros> opened_at;
};

/// How a capture ended. The audit keeps the cause, the browser hears `not_verified` for most of them (S7).
enum class AttemptResult {
    passed,
    no_match,
    not_live_passive,
    not_live_active,
    identity_changed,  // frames of more than one person
    repeated_frames,   // replayed or frozen pictures
    earlier_capture,   // pictures of an earlier capture of this person
    broken_chain,      // MAC, order or completeness of the frames wrong
    face_timeout,      // not enough usable frames in time
    interrupted,       // restarted too often
    aborted,           // connection lost
};
std::string_view to_string(AttemptResult result);

}  // namespace countersign::domain
