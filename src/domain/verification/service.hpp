#pragma once

#include <span>

#include "domain/credential/vault.hpp"
#include "domain/ratelimit/lockout.hpp"
#include "domain/verification/state_machine.hpp"

namespace countersign::domain {

inline constexpr Micros kTicketLifetime = seconds(20);   // between the charge and the opening of the stream
inline constexpr Micros kCaptureLifetime = seconds(90);  // a capture without verdict is over after this

/// An attempt that is paid for. The ticket opens one stream and is known to nobody but the browser.
struct ChargedAttempt {
    Verification verification;  // attempts_used includes this one
    Integration integration;    // liveness policy, target_fmr
    ChallengeId challenge;
    std::string ticket;  // 43 base64url characters
};

/// All that a capture needs; no transaction is open any more.
struct OpenedCapture {
    Verification verification;
    Integration integration;
    ChallengeId challenge;
    std::vector<UnsealedCredential> references;  // empty for an enrolment
    std::vector<face::Imprint> earlier;          // of the subject's earlier captures
};

/// What a capture found. Views: the caller keeps the templates for the call.
struct CaptureFinding {
    AttemptResult result{AttemptResult::aborted};
    std::optional<CredentialId> matched;        // verification that passed: which credential
    std::span<const face::Template> samples{};  // enrolment that passed: to store; verification that passed
                                                // by the previous model: to renew the matched credential with
    std::span<const face::Template> adaptation{};  // verification that passed: at most one, to keep as well
    std::span<const face::Imprint> imprints{};     // to recognise this capture when it comes again
    std::optional<UnixMicros> face_at{};           // when enough frames of a face were there
    std::optional<UnixMicros> challenge_at{};      // when the challenge was answered
    std::vector<std::string> signals{};            // what spoke for a program instead of a camera: audit only
    int risk{0};                                   // 0…100, from the signals: audit only
};

enum class VerdictStatus { passed, retry, failed };

struct Verdict {
    VerdictStatus status{VerdictStatus::failed};
    std::optional<OutcomeCode> code;  // when the verification is over
    int attempts_left{0};
};

enum class CancelReason { cancelled, other_method };

/// Moves the transaction row along while the person is in front of the camera.
///
/// Every function is one transaction (charge and verdict are therefore two, with the inference between them
/// and no transaction open) and writes its audit event in it. Every state edge is a compare-and-set.
///
/// Errors:  transaction_expired, conflict (the row is in another state, or a newer capture took over),
/// unavailable.
///          Whatever the error, nothing was granted.
/// Threads: safe; blocks on the store; request lane (record_verdict also from the compute lane).
/// Source:  requirements S3, S4, S5, S9; threats T7, T12, T28.
class VerificationService {
public:
    VerificationService(UnitOfWork& work, const Keys& keys, const Clock& clock, Random& random,
                        TemplateModels models)
        : work_(work), vault_(keys, random), clock_(clock), random_(random), models_(std::move(models)) {}

    /// Charges one attempt to the verification and to the subject, committed before anything is computed: of
    /// 200 parallel calls with 3 attempts left exactly 3 succeed. Ends a capture that was still running.
    /// Errors: consent_required, attempts_used_up, rate_limited (the tenant's lockout policy), locked (the
    ///         verification is then over with code `locked`), not_enrolled (no template is of a model that
    ///         can be compared; it is then over with that code, and `other_model` as its cause).
    Result<ChargedAttempt> charge_attempt(const TenantId& tenant, const VerificationId& id);

    /// Redeems the ticket, once and within kTicketLifetime, and opens the reference templates.
    /// Errors: unauthenticated (unknown ticket), already_used, transaction_expired, not_enrolled, locked.
    Result<OpenedCapture> begin_capture(std::string_view ticket);

    /// Records how the capture `challenge` ended: state, counters, audit and, for an enrolment, the sealed
    /// pending credential, or the renewed samples of the matched one, in one durable commit. Only after it
    /// returned may the browser hear the result. Errors: conflict (not the running capture), not_enrolled
    /// (the matched credential is gone).
    Result<Verdict> record_verdict(const TenantId& tenant, const VerificationId& id,
                                   const ChallengeId& challenge, const CaptureFinding& finding);

    Result<void> cancel(const TenantId& tenant, const VerificationId& id, CancelReason reason);

private:
    UnitOfWork& work_;
    TemplateVault vault_;
    const Clock& clock_;
    Random& random_;
    const TemplateModels models_;
};

}  // namespace countersign::domain
