#include "domain/audit/service.hpp"

namespace countersign::domain {

Result<AuditPage> AuditService::search(const TenantId& tenant, const AuditFilter& filter,
                                       std::optional<std::int64_t> before, int limit) {
    return in_transaction(work_, Access::read, [&](Repositories& r) -> Result<AuditPage> {
        AuditPage page;
        page.items = CS_TRY(r.audit().search(tenant, filter, before, limit + 1));
        page.more = page.items.size() > static_cast<std::size_t>(limit);
        if (page.more) page.items.pop_back();
        return page;
    });
}

Result<AuditPage> AuditService::in_order(const TenantId& tenant, const AuditFilter& filter,
                                         std::int64_t after, int limit) {
    return in_transaction(work_, Access::read, [&](Repositories& r) -> Result<AuditPage> {
        AuditPage page;
        if (after == 0 && filter.from) {
            const auto first = CS_TRY(r.audit().first_since(tenant, *filter.from));
            if (!first) return page;
            after = *first - 1;
        }
        page.items = CS_TRY(r.audit().list(tenant, after, limit));
        page.more = page.items.size() == static_cast<std::size_t>(limit);
        while (!page.items.empty() && filter.to && page.items.back().occurred_at >= *filter.to) {
            page.items.pop_back();
            page.more = false;
        }
        return page;
    });
}

Result<ChainCheck> AuditService::check(const TenantId& tenant, std::string_view actor) {
    const auto check = CS_TRY(check_audit_chain(work_, tenant));
    CS_TRY(in_transaction(work_, Access::write, [&](Repositories& r) -> Result<void> {
        AuditEntry entry{tenant, std::string(actor), "audit.checked", tenant.text(), {}};
        entry.details.emplace("intact", check.intact ? "yes" : "no");
        entry.details.emplace("events", std::to_string(check.events));
        return append_audit(r, entry, clock_.now(), random_);
    }));
    return check;
}

Result<void> AuditService::note_export(const TenantId& tenant, std::string_view format,
                                       std::string_view actor) {
    return in_transaction(work_, Access::write, [&](Repositories& r) -> Result<void> {
        AuditEntry entry{tenant, std::string(actor), "audit.exported", tenant.text(), {}};
        entry.details.emplace("format", format);
        return append_audit(r, entry, clock_.now(), random_);
    });
}

}  // namespace countersign::domain
