#include "persistence/repositories.hpp"

namespace countersign::persistence {
namespace {

using store::Statement;

constexpr Statement kFind{
    .name = "tenant_settings.find",
    .sql =
        "SELECT display_name, accent, logo, support_email, headline, max_failed_attempts, delay_after, "
        "delay_us, transaction_days, version, updated_at FROM tenant_settings WHERE tenant_id = $1",
};
constexpr Statement kSave{
    .name = "tenant_settings.save",
    .sql =
        "INSERT INTO tenant_settings (tenant_id, display_name, accent, logo, support_email, headline, "
        "max_failed_attempts, delay_after, delay_us, transaction_days, version, updated_at) VALUES ($1, $2, "
        "$3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (tenant_id) DO UPDATE SET display_name = "
        "excluded.display_name, accent = excluded.accent, logo = excluded.logo, support_email = "
        "excluded.support_email, headline = excluded.headline, max_failed_attempts = "
        "excluded.max_failed_attempts, delay_after = excluded.delay_after, delay_us = excluded.delay_us, "
        "transaction_days = excluded.transaction_days, version = excluded.version, updated_at = "
        "excluded.updated_at",
};

Result<domain::TenantSettings> read(const store::Row& row) {
    domain::TenantSettings settings;
    settings.branding.display_name = CS_TRY(row.opt_text("display_name"));
    settings.branding.accent = CS_TRY(row.text("accent"));
    settings.branding.logo = CS_TRY(row.opt_blob("logo"));
    settings.branding.support_email = CS_TRY(row.opt_text("support_email"));
    settings.branding.headline = CS_TRY(row.opt_text("headline"));
    settings.lockout.lock_after = static_cast<int>(CS_TRY(row.integer("max_failed_attempts")));
    settings.lockout.delay_after = static_cast<int>(CS_TRY(row.integer("delay_after")));
    settings.lockout.delay.value = CS_TRY(row.integer("delay_us"));
    settings.transaction_days = static_cast<int>(CS_TRY(row.integer("transaction_days")));
    settings.version = CS_TRY(row.integer("version"));
    settings.updated_at = CS_TRY(row.time("updated_at"));
    return settings;
}

}  // namespace

Result<domain::TenantSettings> SqlTenantSettingsRepository::find(const TenantId& tenant) {
    const auto rows = CS_TRY(session_.query(kFind, {tenant}));
    domain::TenantSettings settings;
    if (!rows.empty()) settings = CS_TRY(read(rows[0]));
    settings.tenant = tenant;
    return settings;
}

Result<void> SqlTenantSettingsRepository::save(const domain::TenantSettings& s) {
    CS_TRY(session_.execute(
        kSave, {s.tenant, s.branding.display_name, s.branding.accent, s.branding.logo,
                s.branding.support_email, s.branding.headline, s.lockout.lock_after, s.lockout.delay_after,
                s.lockout.delay.value, s.transaction_days, s.version, s.updated_at}));
    return {};
}

}  // namespace countersign::persistence
