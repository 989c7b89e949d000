#include "domain/tenant/service.hpp"

#include "domain/audit/trail.hpp"

namespace countersign::domain {

Result<Tenant> TenantService::create(std::string_view name, std::string_view actor) {
    if (name.empty() || name.size() > 200) {
        return fail(ErrorCode::invalid_argument, "a tenant's name has 1 to 200 bytes");
    }
    return in_transaction(work_, Access::write, [&](Repositories& repositories) -> Result<Tenant> {
        const auto now = clock_.now();
        Tenant tenant;
        tenant.id = TenantId::make(now, random_);
        tenant.name = std::string(name);
        tenant.wrapped_key = CS_TRY(keys_.new_tenant_key(tenant.id));
        tenant.created_at = now;
        CS_TRY(repositories.tenants().insert(tenant));
        const AuditEntry entry{tenant.id, std::string(actor), "tenant.created", tenant.id.text(), {}};
        CS_TRY(append_audit(repositories, entry, now, random_));
        return tenant;
    });
}

Result<std::vector<Tenant>> TenantService::list() {
    return in_transaction(work_, Access::read, [](Repositories& r) { return r.tenants().list(); });
}

Result<Tenant> TenantService::find(std::string_view id_or_name) {
    return in_transaction(work_, Access::read, [&](Repositories& r) -> Result<Tenant> {
        const auto id = TenantId::parse(id_or_name);
        return id ? r.tenants().find(*id) : r.tenants().find_by_name(id_or_name);
    });
}

Result<int> TenantService::rewrap_keys(std::string_view actor) {
    return in_transaction(work_, Access::write, [&](Repositories& repositories) -> Result<int> {
        const auto now = clock_.now();
        auto tenants = CS_TRY(repositories.tenants().list());
        int rewrapped = 0;
        for (const auto& tenant : tenants) {
            if (keys_.is_current(tenant)) continue;
            auto wrapped = CS_TRY(keys_.rewrap_tenant_key(tenant));
            CS_TRY(repositories.tenants().replace_key(tenant.id, tenant.wrapped_key, wrapped));
            const AuditEntry entry{
                tenant.id, std::string(actor), "tenant.key_rewrapped", tenant.id.text(), {}};
            CS_TRY(append_audit(repositories, entry, now, random_));
            ++rewrapped;
        }
        return rewrapped;
    });
}

}  // namespace countersign::domain
