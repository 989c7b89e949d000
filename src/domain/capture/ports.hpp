#pragma once

#include "domain/verification/service.hpp"

namespace countersign::domain {

/// What a capture needs from the verification: the two durable transactions and the way out.
/// Errors and promises are those of VerificationService, function by function.
class AttemptLedger {
public:
    virtual ~AttemptLedger() = default;
    virtual Result<ChargedAttempt> charge(const TenantId& tenant, const VerificationId& id) = 0;
    virtual Result<OpenedCapture> begin(std::string_view ticket) = 0;
    virtual Result<Verdict> record(const TenantId& tenant, const VerificationId& id,
                                   const ChallengeId& challenge, const CaptureFinding& finding) = 0;
    virtual Result<void> cancel(const TenantId& tenant, const VerificationId& id, CancelReason reason) = 0;
};

/// The ledger of the running server: rows, through VerificationService.
class VerificationLedger final : public AttemptLedger {
public:
    explicit VerificationLedger(VerificationService& service) : service_(service) {}

    Result<ChargedAttempt> charge(const TenantId& tenant, const VerificationId& id) override {
        return service_.charge_attempt(tenant, id);
    }
    Result<OpenedCapture> begin(std::string_view ticket) override { return service_.begin_capture(ticket); }
    Result<Verdict> record(const TenantId& tenant, const VerificationId& id, const ChallengeId& challenge,
                           const CaptureFinding& finding) override {
        return service_.record_verdict(tenant, id, challenge, finding);
    }
    Result<void> cancel(const TenantId& tenant, const VerificationId& id, CancelReason reason) override {
        return service_.cancel(tenant, id, reason);
    }

private:
    VerificationService& service_;
};

}  // namespace countersign::domain
