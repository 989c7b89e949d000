#include "domain/admin/api_key_service.hpp"

#include "domain/admin/session_view.hpp"
#include "domain/audit/trail.hpp"

namespace countersign::domain {

Result<NewApiKey> ApiKeyService::create(const AdminActor& actor, std::string_view name,
                                        const std::vector<Scope>& scopes, std::optional<Micros> life) {
    if (scopes.empty()) return fail_field(ErrorCode::invalid_argument, "scopes", "Choose at least one.");
    return in_transaction(work_, Access::write, [&](Repositories& r) -> Result<NewApiKey> {
        NewApiKey made;
        made.value = "ck_" + random_.token(32);
        ApiKey& key = made.key;
        key.created_at = clock_.now();
        key.tenant = actor.tenant;
        key.id = ApiKeyId::make(key.created_at, random_);
        key.name = std::string(name);
        key.hint = made.value.substr(0, 8);
        key.token_hash = session_token_hash(made.value);
        key.scopes = scopes;
        key.created_by = actor.actor;
        if (life) key.expires_at = key.created_at + *life;
        CS_TRY(r.admin().api_keys().insert(key));
        std::string granted;
        for (const Scope scope : scopes)
            granted += fmt::format("{}{}", granted.empty() ? "" : " ", to_string(scope));
        const AuditEntry entry{
            actor.tenant, actor.actor, "api_key.created", key.id.text(), {{"scopes", granted}}};
        CS_TRY(append_audit(r, entry, key.created_at, random_));
        return made;
    });
}

Result<std::vector<ApiKey>> ApiKeyService::list(const TenantId& tenant) {
    return in_transaction(work_, Access::read,
                          [&](Repositories& r) { return r.admin().api_keys().list(tenant); });
}

Result<void> ApiKeyService::revoke(const AdminActor& actor, const ApiKeyId& id) {
    return in_transaction(work_, Access::write, [&](Repositories& r) -> Result<void> {
        CS_TRY(r.admin().api_keys().remove(actor.tenant, id));
        const AuditEntry entry{actor.tenant, actor.actor, "api_key.revoked", id.text(), {}};
        return append_audit(r, entry, clock_.now(), random_);
    });
}

}  // namespace countersign::domain
