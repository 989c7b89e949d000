#pragma once

#include <functional>

#include "domain/unit_of_work.hpp"

namespace countersign::domain {

struct TransactionPage {
    std::vector<Verification> items;
    bool more{false};
};

struct TransactionDetail {
    Verification verification;
    std::vector<VerificationStep> timeline;
};

/// Transactions as administrators look at them. Simulated logins are among them while they run.
///
/// Errors:  not_found, unavailable.
/// Threads: safe; blocks on the store.
class TransactionHistory {
public:
    TransactionHistory(UnitOfWork& work, const Clock& clock, Random& random)
        : work_(work), clock_(clock), random_(random) {}

    Result<TransactionPage> search(const TenantId& tenant, const TransactionFilter& filter,
                                   const std::optional<TransactionPosition>& after, int limit);
    Result<TransactionDetail> show(const TenantId& tenant, const VerificationId& id);
    /// Leaves in the audit that a list was taken out.
    Result<void> note_export(const TenantId& tenant, std::int64_t rows, std::string_view actor);

private:
    UnitOfWork& work_;
    const Clock& clock_;
    Random& random_;
};

}  // namespace countersign::domain
