#include "domain/admin/actor_names.hpp"

#include <algorithm>

namespace countersign::domain {
namespace {

Result<void> add_administrator(Repositories& repositories, const AdministratorId& id, ActorNames& names) {
    const auto found = repositories.admin().administrators().find(id);
    if (found) names.emplace(id.text(), found->name);
    if (found || found.error().code == ErrorCode::not_found) return {};
    return tl::unexpected(found.error());
}

Result<void> add_keys(Repositories& repositories, const TenantId& tenant, ActorNames& names) {
    const auto keys = CS_TRY(repositories.admin().api_keys().list(tenant));
    for (const ApiKey& key : keys)
        names.emplace(key.id.text(), fmt::format("API key {}", key.name));
    return {};
}

}  // namespace

Result<ActorNames> actor_names(UnitOfWork& work, const TenantId& tenant,
                               const std::vector<std::string>& actors) {
    return in_transaction(work, Access::read, [&](Repositories& r) -> Result<ActorNames> {
        ActorNames names;
        const bool any_key = std::ranges::any_of(
            actors, [](const std::string& actor) { return ApiKeyId::parse(actor).has_value(); });
        if (any_key) CS_TRY(add_keys(r, tenant, names));
        for (const std::string& actor : actors) {
            const auto id = AdministratorId::parse(actor);
            if (!id || names.contains(actor)) continue;
            CS_TRY(add_administrator(r, *id, names));
        }
        return names;
    });
}

std::string name_or_id(const ActorNames& names, const std::string& actor) {
    const auto found = names.find(actor);
    return found == names.end() ? actor : found->second;
}

}  // namespace countersign::domain
