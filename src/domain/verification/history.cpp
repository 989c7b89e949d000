#include "domain/verification/history.hpp"

#include "domain/audit/trail.hpp"

namespace countersign::domain {

Result<TransactionPage> TransactionHistory::search(const TenantId& tenant, const TransactionFilter& filter,
                                                   const std::optional<TransactionPosition>& after,
                                                   int limit) {
    return in_transaction(work_, Access::read, [&](Repositories& r) -> Result<TransactionPage> {
        TransactionPage page;
        page.items = CS_TRY(r.verifications().search(tenant, filter, after, limit + 1));
        page.more = page.items.size() > static_cast<std::size_t>(limit);
        if (page.more) page.items.pop_back();
        return page;
    });
}

Result<TransactionDetail> TransactionHistory::show(const TenantId& tenant, const VerificationId& id) {
    return in_transaction(work_, Access::read, [&](Repositories& r) -> Result<TransactionDetail> {
        TransactionDetail detail;
        detail.verification = CS_TRY(r.verifications().find(tenant, id));
        detail.timeline = CS_TRY(r.verifications().steps(tenant, id));
        return detail;
    });
}

Result<void> TransactionHistory::note_export(const TenantId& tenant, std::int64_t rows,
                                             std::string_view actor) {
    return in_transaction(work_, Access::write, [&](Repositories& r) -> Result<void> {
        AuditEntry entry{tenant, std::string(actor), "transaction.list_exported", tenant.text(), {}};
        entry.details.emplace("rows", std::to_string(rows));
        return append_audit(r, entry, clock_.now(), random_);
    });
}

}  // namespace countersign::domain
