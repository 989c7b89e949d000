#include "domain/integration/service.hpp"

#include <algorithm>

#include "domain/audit/trail.hpp"
#include "domain/integration/settings.hpp"

namespace countersign::domain {
namespace {

constexpr std::size_t kSecretBytes = 32;
constexpr Micros kMaxOverlap = days(30);

AuditEntry entry_for(const Integration& integration, std::string_view actor, std::string_view kind) {
    return {integration.tenant, std::string(actor), std::string(kind), integration.id.text(), {}};
}

/// The secret that was current gets an end, everything older goes.
Result<void> retire_secrets(Repositories& repositories, const Integration& integration, UnixMicros until) {
    auto secrets = CS_TRY(repositories.integrations().secrets(integration.tenant, integration.id));
    for (const auto& secret : secrets) {
        if (!secret.not_after) {
            CS_TRY(repositories.integrations().set_secret_end(integration.tenant, secret.id, until));
        } else {
            CS_TRY(repositories.integrations().remove_secret(integration.tenant, secret.id));
        }
    }
    return {};
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(
        out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

bool holds(const Integration& integration, const std::string& part) {
    const auto found = [&](std::string_view text) { return lower(text).find(part) != std::string::npos; };
    return found(integration.settings.name.value_or("")) || found(integration.id.text()) ||
           std::ranges::any_of(integration.settings.return_domains, found);
}

Result<IntegrationDetail> with_secrets(Repositories& repositories, Integration integration) {
    IntegrationDetail detail;
    detail.secrets = CS_TRY(repositories.integrations().secrets(integration.tenant, integration.id));
    detail.integration = std::move(integration);
    return detail;
}

}  // namespace

Result<IntegrationSecret> IntegrationService::new_secret(Repositories& repositories,
                                                         const Integration& integration,
                                                         std::string_view text) {
    auto tenant = CS_TRY(repositories.tenants().find(integration.tenant));
    IntegrationSecret secret;
    secret.id = SecretId::make(clock_.now(), random_);
    secret.integration = integration.id;
    secret.tenant = integration.tenant;
    secret.sealed = CS_TRY(keys_.seal_session_secret(tenant, secret.id, text));
    secret.created_at = clock_.now();
    CS_TRY(repositories.integrations().insert_secret(secret));
    return secret;
}

Result<IntegrationWithSecret> IntegrationService::create(const TenantId& tenant, IntegrationSettings settings,
                                                         std::string_view actor) {
    auto checked = CS_TRY(checked_settings(std::move(settings)));
    return in_transaction(work_, Access::write,
                          [&](Repositories& repositories) -> Result<IntegrationWithSecret> {
                              const auto now = clock_.now();
                              IntegrationWithSecret made;
                              made.integration.id = IntegrationId::make(now, random_);
                              made.integration.tenant = tenant;
                              made.integration.settings = checked;
                              made.integration.created_at = now;
                              made.integration.updated_at = now;
                              made.session_secret = random_.token(kSecretBytes);
                              CS_TRY(repositories.integrations().insert(made.integration));
                              CS_TRY(new_secret(repositories, made.integration, made.session_secret));
                              const auto entry = entry_for(made.integration, actor, "integration.created");
                              CS_TRY(append_audit(repositories, entry, now, random_));
                              return made;
                          });
}

Result<Integration> IntegrationService::find(const TenantId& tenant, const IntegrationId& id) {
    return in_transaction(work_, Access::read,
                          [&](Repositories& r) { return r.integrations().find(tenant, id); });
}

Result<std::vector<Integration>> IntegrationService::list(const TenantId& tenant) {
    return in_transaction(work_, Access::read,
                          [&](Repositories& r) { return r.integrations().list(tenant); });
}

Result<IntegrationDetail> IntegrationService::show(const TenantId& tenant, const IntegrationId& id) {
    return in_transaction(work_, Access::read, [&](Repositories& r) -> Result<IntegrationDetail> {
        auto integration = CS_TRY(r.integrations().find(tenant, id));
        return with_secrets(r, std::move(integration));
    });
}

Result<std::vector<IntegrationDetail>> IntegrationService::search(const TenantId& tenant,
                                                                  std::string_view part) {
    const auto wanted = lower(part);
    return in_transaction(work_, Access::read,
                          [&](Repositories& r) -> Result<std::vector<IntegrationDetail>> {
                              auto all = CS_TRY(r.integrations().list(tenant));
                              std::vector<IntegrationDetail> found;
                              for (auto& integration : all) {
                                  if (holds(integration, wanted))
                                      found.push_back(CS_TRY(with_secrets(r, std::move(integration))));
                              }
                              return found;
                          });
}

Result<void> IntegrationService::remove(const TenantId& tenant, const IntegrationId& id, std::int64_t version,
                                        std::string_view actor) {
    return in_transaction(work_, Access::write, [&](Repositories& r) -> Result<void> {
        const auto now = clock_.now();
        auto integration = CS_TRY(r.integrations().find(tenant, id));
        const auto secrets = CS_TRY(r.integrations().secrets(tenant, id));
        for (const auto& secret : secrets)
            CS_TRY(r.integrations().remove_secret(tenant, secret.id));
        CS_TRY(r.integrations().mark_deleted(tenant, id, version, now));
        return append_audit(r, entry_for(integration, actor, "integration.deleted"), now, random_);
    });
}

Result<Integration> IntegrationService::update(const TenantId& tenant, const IntegrationId& id,
                                               std::int64_t version, IntegrationSettings settings,
                                               std::string_view actor) {
    auto checked = CS_TRY(checked_settings(std::move(settings)));
    return in_transaction(work_, Access::write, [&](Repositories& repositories) -> Result<Integration> {
        const auto now = clock_.now();
        auto integration = CS_TRY(repositories.integrations().find(tenant, id));
        integration.version = version;
        integration.settings = checked;
        integration.updated_at = now;
        CS_TRY(repositories.integrations().update(integration));
        auto entry = entry_for(integration, actor, "integration.updated");
        entry.details.emplace("enabled", checked.enabled ? "yes" : "no");
        entry.details.emplace("version", std::to_string(version + 1));
        CS_TRY(append_audit(repositories, entry, now, random_));
        ++integration.version;
        return integration;
    });
}

Result<IntegrationWithSecret> IntegrationService::rotate_secret(const TenantId& tenant,
                                                                const IntegrationId& id, Micros overlap,
                                                                std::string_view actor) {
    if (overlap < Micros{0} || overlap > kMaxOverlap) {
        return fail(ErrorCode::invalid_argument, "overlap: between 0 and 30 days");
    }
    return in_transaction(
        work_, Access::write, [&](Repositories& repositories) -> Result<IntegrationWithSecret> {
            const auto now = clock_.now();
            IntegrationWithSecret made;
            made.integration = CS_TRY(repositories.integrations().find(tenant, id));
            made.session_secret = random_.token(kSecretBytes);
            CS_TRY(retire_secrets(repositories, made.integration, now + overlap));
            CS_TRY(new_secret(repositories, made.integration, made.session_secret));
            const auto entry = entry_for(made.integration, actor, "integration.secret_rotated");
            CS_TRY(append_audit(repositories, entry, now, random_));
            return made;
        });
}

Result<std::vector<OpenSecret>> valid_secrets(Repositories& repositories, const Keys& keys,
                                              const Integration& integration, UnixMicros now) {
    auto tenant = CS_TRY(repositories.tenants().find(integration.tenant));
    auto secrets = CS_TRY(repositories.integrations().secrets(integration.tenant, integration.id));
    std::vector<OpenSecret> open;
    for (const auto& secret : secrets) {
        if (secret.not_after && *secret.not_after <= now) continue;
        auto key = CS_TRY(keys.open_session_secret(tenant, secret));
        open.push_back(OpenSecret{secret.id, std::move(key)});
    }
    return open;
}

}  // namespace countersign::domain
