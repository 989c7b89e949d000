#include "domain/settings/service.hpp"

#include "crypto/digest.hpp"
#include "domain/audit/trail.hpp"
#include "domain/consent/current.hpp"

namespace countersign::domain {
namespace {

/// Names the logo in its address, so that browsers may keep it for ever.
std::string logo_id(const Branding& branding) {
    if (!branding.logo) return {};
    return to_hex(crypto::sha256(*branding.logo)).substr(0, 32);
}

std::string shown(const std::optional<std::string>& text) {
    return text.value_or("");
}

using Values = std::map<std::string, std::string>;

Values values_of(const TenantSettings& settings) {
    const auto& branding = settings.branding;
    return {{"display_name", shown(branding.display_name)},
            {"accent", branding.accent},
            {"logo", logo_id(branding)},
            {"support_email", shown(branding.support_email)},
            {"headline", shown(branding.headline)},
            {"max_failed_attempts", std::to_string(settings.lockout.lock_after)},
            {"delay_after", std::to_string(settings.lockout.delay_after)},
            {"delay_seconds", std::to_string(settings.lockout.delay.value / 1'000'000)},
            {"transaction_days", std::to_string(settings.transaction_days)}};
}

/// Only what changed, as "before → after".
Values differences(const Values& before, const Values& after) {
    Values changed;
    for (const auto& [name, value] : after) {
        if (before.at(name) != value) changed.emplace(name, fmt::format("{} → {}", before.at(name), value));
    }
    return changed;
}

}  // namespace

Result<SettingsView> SettingsService::find(const TenantId& tenant) {
    return in_transaction(work_, Access::read, [&](Repositories& r) -> Result<SettingsView> {
        const auto organisation = CS_TRY(r.tenants().find(tenant));
        auto settings = CS_TRY(r.tenant_settings().find(tenant));
        return SettingsView{organisation.name, std::move(settings)};
    });
}

Result<SettingsView> SettingsService::update(const TenantId& tenant, std::int64_t version,
                                             const SettingsChange& change, std::string_view actor) {
    CS_TRY(check_settings(change));
    return in_transaction(work_, Access::write, [&](Repositories& r) -> Result<SettingsView> {
        const auto organisation = CS_TRY(r.tenants().find(tenant));
        auto settings = CS_TRY(r.tenant_settings().find(tenant));
        if (settings.version != version)
            return fail(ErrorCode::precondition_failed, "the settings were changed by somebody else");
        const auto before = values_of(settings);
        if (change.branding) settings.branding = *change.branding;
        if (change.lockout) settings.lockout = *change.lockout;
        if (change.transaction_days) settings.transaction_days = *change.transaction_days;
        settings.version = version + 1;
        settings.updated_at = clock_.now();
        CS_TRY(r.tenant_settings().save(settings));
        const AuditEntry entry{tenant, std::string(actor), "settings.updated", tenant.text(),
                               differences(before, values_of(settings))};
        CS_TRY(append_audit(r, entry, settings.updated_at, random_));
        return SettingsView{organisation.name, settings};
    });
}

Result<Presentation> SettingsService::present(const TenantId& tenant, std::string_view locale) {
    return in_transaction(work_, Access::read, [&](Repositories& r) -> Result<Presentation> {
        Presentation presentation;
        presentation.consent = CS_TRY(current_consent_text(r, tenant, locale));
        auto settings = CS_TRY(r.tenant_settings().find(tenant));
        presentation.branding = std::move(settings.branding);
        presentation.logo_id = logo_id(presentation.branding);
        return presentation;
    });
}

Result<Bytes> SettingsService::logo(const TenantId& tenant, std::string_view id) {
    return in_transaction(work_, Access::read, [&](Repositories& r) -> Result<Bytes> {
        const auto settings = CS_TRY(r.tenant_settings().find(tenant));
        if (!settings.branding.logo || logo_id(settings.branding) != id)
            return fail(ErrorCode::not_found, "no such logo");
        return *settings.branding.logo;
    });
}

}  // namespace countersign::domain
