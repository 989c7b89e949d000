#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "domain/verification/types.hpp"

namespace countersign::domain {

/// A compare-and-set edge: everything set here is written in one UPDATE whose WHERE names `from`.
struct VerificationChange {
    VerificationState from{};
    VerificationState to{};
    std::optional<ChallengeId> expected_challenge;  // when set, the running capture must be this one
    std::optional<ConsentId> consent;               // the optionals below are written when set
    std::optional<OutcomeCode> code;
    std::optional<CredentialId> credential;
    std::optional<UnixMicros> decided_at;
};

/// Rows of `verification`, `start_token` and `capture_ticket`.
///
/// Errors: not_found; conflict (the stored state was not the expected one, or a unique value exists);
///         attempts_used_up (charge); already_used (remember_start_token, open_ticket, consume, confirm);
///         unavailable.
class VerificationRepository {
public:
    virtual ~VerificationRepository() = default;
    virtual Result<void> insert(const Verification& verification) = 0;
    virtual Result<Verification> find(const TenantId& tenant, const VerificationId& id) = 0;
    /// For requests that carry the verification's id and cookie only.
    virtual Result<Verification> find_by_id(const VerificationId& id) = 0;
    virtual Result<void> change(const TenantId& tenant, const VerificationId& id,
                                const VerificationChange& change) = 0;

    /// One statement: attempts_used + 1 while it is below attempts_max, state capturing, challenge set; from
    /// `consented` or `capturing` only. Returns the attempts used, this one included.
    virtual Result<int> charge(const TenantId& tenant, const VerificationId& id, const ChallengeId& challenge,
                               UnixMicros now) = 0;
    /// Sets consumed_at once, on a final state.
    virtual Result<void> consume(const TenantId& tenant, const VerificationId& id, UnixMicros now) = 0;
    /// Sets confirmed_at once, on a consumed `passed`.
    virtual Result<void> confirm(const TenantId& tenant, const VerificationId& id, UnixMicros now) = 0;

    virtual Result<void> remember_start_token(const TenantId& tenant, std::string_view token_hash,
                                              UnixMicros keep_until) = 0;
    virtual Result<void> insert_ticket(const CaptureTicket& ticket) = 0;
    virtual Result<CaptureTicket> find_ticket(std::string_view ticket_hash) = 0;
    virtual Result<CaptureTicket> find_ticket(const TenantId& tenant, const ChallengeId& id) = 0;
    /// Sets opened_at once, before expires_at. Errors: already_used, transaction_expired.
    virtual Result<void> open_ticket(const TenantId& tenant, const ChallengeId& id, UnixMicros now) = 0;

    virtual Result<std::vector<Verification>> of_subject(const TenantId& tenant,
                                                         const SubjectId& subject) = 0;
    /// Not final although expires_at is at or before `now`; at most `limit`.
    virtual Result<std::vector<Verification>> overdue(UnixMicros now, int limit) = 0;
    /// Forgets start tokens past keep_until, tickets past `tickets_before`, and final verifications created
    /// before `verifications_before`.
    virtual Result<void> purge(UnixMicros now, UnixMicros tickets_before,
                               UnixMicros verifications_before) = 0;
    /// Those whose result was handed out; the others still have to bring their login to an end.
    virtual Result<void> remove_consumed_of_subject(const TenantId& tenant, const SubjectId& subject) = 0;
};

}  // namespace countersign::domain
