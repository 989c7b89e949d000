#include "domain/maintenance.hpp"

#include "domain/audit/trail.hpp"
#include "domain/auth0/confirm_service.hpp"
#include "domain/simulation/test_users.hpp"
#include "domain/verification/transitions.hpp"

namespace countersign::domain {
namespace {

constexpr int kBatch = 200;
constexpr Micros kKeepTickets = minutes(60);  // longer than any verification lives
constexpr int kPurgeBatch = 1000;
constexpr Micros kKeepHours = days(31);  // hourly figures; the daily ones stay
constexpr Micros kKeepSimulations = days(1);
constexpr Micros kKeepAbandoned = days(1);

Result<int> expire_overdue(Repositories& repositories, UnixMicros now, Random& random) {
    auto overdue = CS_TRY(repositories.verifications().overdue(now, kBatch));
    for (const auto& verification : overdue) {
        CS_TRY(expire_if_due(repositories, verification, now, random));
    }
    return static_cast<int>(overdue.size());
}

Result<int> purge_pending(Repositories& repositories, UnixMicros now, Random& random) {
    auto pending = CS_TRY(repositories.credentials().pending_since(now - kConfirmWithin));
    for (const auto& credential : pending) {
        CS_TRY(repositories.credentials().remove(credential.tenant, credential.id));
        AuditEntry entry{credential.tenant, "system", "credential.purged", credential.id.text(), {}};
        entry.details.emplace("subject", credential.subject.text());
        entry.details.emplace("reason", "not_confirmed");
        CS_TRY(append_audit(repositories, entry, now, random));
    }
    return static_cast<int>(pending.size());
}

/// A little at a time: a tenant that shortens its retention must not hold up a login.
Result<void> purge_transactions(Repositories& repositories, UnixMicros now) {
    auto tenants = CS_TRY(repositories.tenants().list());
    for (const auto& tenant : tenants) {
        auto settings = CS_TRY(repositories.tenant_settings().find(tenant.id));
        const auto before = now - days(settings.transaction_days);
        CS_TRY(repositories.verifications().purge_final(tenant.id, before, kPurgeBatch));
    }
    return {};
}

Result<void> tidy(Repositories& repositories, UnixMicros now, Random& random, MaintenanceReport& report) {
    report.expired_verifications = CS_TRY(expire_overdue(repositories, now, random));
    report.purged_credentials = CS_TRY(purge_pending(repositories, now, random));
    CS_TRY(repositories.verifications().purge_single_use(now, now - kKeepTickets));
    CS_TRY(purge_transactions(repositories, now));
    CS_TRY(repositories.credentials().purge_imprints(now - kKeepImprints));
    CS_TRY(repositories.activity().purge_hours(now - kKeepHours));
    CS_TRY(repositories.simulations().purge(now - kKeepSimulations));
    CS_TRY(repositories.subjects().remove_abandoned(now - kKeepAbandoned));
    return {};
}

}  // namespace

Result<MaintenanceReport> MaintenanceService::run_once() {
    const auto now = clock_.now();
    MaintenanceReport report;
    report.simulations_cleaned_up = CS_TRY(forget_test_users(work_, subjects_, now));
    CS_TRY(
        in_transaction(work_, Access::write, [&](Repositories& r) { return tidy(r, now, random_, report); }));
    return report;
}

}  // namespace countersign::domain
