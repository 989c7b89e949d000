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
    std::optional<Micros> duration;
    std::optional<std::string> cause;  // written as it is, also when empty
};

/// Which transactions a list shows. All that is set must hold.
struct TransactionFilter {
    std::optional<SubjectId> subject;
    std::optional<std::string> external_id;
    std::optional<IntegrationId> integration;
    std::optional<Purpose> purpose;
    std::optional<VerificationState> state;
    std::optional<std::string> cause;
    std::optional<UnixMicros> from;  // created_at, this moment included
    std::optional<UnixMicros> to;    // created_at, this moment not included
};

/// The sort key of a list of transactions, newest first.
struct TransactionPosition {
    UnixMicros created_at;
    VerificationId id;
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
    /// Newest first, those after `after` when it is set; at most `limit`.
    virtual Result<std::vector<Verification>> search(const TenantId& tenant, const TransactionFilter& filter,
                                                     const std::optional<TransactionPosition>& after,
                                                     int limit) = 0;

    /// Adds to the timeline. True when it is the first step of its kind.
    virtual Result<bool> add_step(const TenantId& tenant, const VerificationId& id,
                                  const VerificationStep& step) = 0;
    /// In order.
    virtual Result<std::vector<VerificationStep>> steps(const TenantId& tenant, const VerificationId& id) = 0;

    /// Not final although expires_at is at or before `now`; at most `limit`.
    virtual Result<std::vector<Verification>> overdue(UnixMicros now, int limit) = 0;
    /// Forgets start tokens past keep_until and tickets past `tickets_before`.
    virtual Result<void> purge_single_use(UnixMicros now, UnixMicros tickets_before) = 0;
    /// Forgets at most `limit` final verifications of the tenant created before `before`, oldest first.
    virtual Result<int> purge_final(const TenantId& tenant, UnixMicros before, int limit) = 0;
    /// Those whose result was handed out; the others still have to bring their login to an end.
    /// Returns how many.
    virtual Result<int> remove_consumed_of_subject(const TenantId& tenant, const SubjectId& subject) = 0;
};

}  // namespace countersign::domain
