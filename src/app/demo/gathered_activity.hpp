#pragma once

#include <map>
#include <tuple>

#include "domain/unit_of_work.hpp"

namespace countersign::app::demo {

/// Sums figures in memory and writes each sum once: a hundred logins in an hour are then one row written, not
/// two hundred. Lives within one transaction; `flush` before its end. Errors: unavailable.
class GatheredActivity final : public domain::ActivityRepository {
public:
    explicit GatheredActivity(domain::ActivityRepository& store) : store_(store) {}

    Result<void> add(const TenantId& tenant, const IntegrationId& integration, domain::Grain grain,
                     const domain::ActivityCount& count) override {
        sums_[{tenant, integration, grain, count.starts_at, count.name}] += count.total;
        return {};
    }
    Result<std::vector<domain::ActivityCount>> since(
        const TenantId& tenant, domain::Grain grain, UnixMicros from,
        const std::optional<IntegrationId>& integration) override {
        CS_TRY(flush());
        return store_.since(tenant, grain, from, integration);
    }
    Result<void> purge_hours(UnixMicros limit) override { return store_.purge_hours(limit); }

    Result<void> flush() {
        for (const auto& [key, total] : sums_) {
            const auto& [tenant, integration, grain, starts_at, name] = key;
            CS_TRY(store_.add(tenant, integration, grain, {starts_at, name, total}));
        }
        sums_.clear();
        return {};
    }

private:
    domain::ActivityRepository& store_;
    std::map<std::tuple<TenantId, IntegrationId, domain::Grain, UnixMicros, std::string>, std::int64_t> sums_;
};

/// The repositories of a transaction with the figures gathered.
class GatheringRepositories final : public domain::Repositories {
public:
    explicit GatheringRepositories(domain::Repositories& store)
        : store_(store), activity_(store.activity()) {}
    Result<void> flush() { return activity_.flush(); }

    domain::TenantRepository& tenants() override { return store_.tenants(); }
    domain::IntegrationRepository& integrations() override { return store_.integrations(); }
    domain::SubjectRepository& subjects() override { return store_.subjects(); }
    domain::CredentialRepository& credentials() override { return store_.credentials(); }
    domain::ConsentRepository& consents() override { return store_.consents(); }
    domain::VerificationRepository& verifications() override { return store_.verifications(); }
    domain::AuditRepository& audit() override { return store_.audit(); }
    domain::AdminRepositories& admin() override { return store_.admin(); }
    domain::ActivityRepository& activity() override { return activity_; }
    domain::TenantSettingsRepository& tenant_settings() override { return store_.tenant_settings(); }
    domain::ConsentTextRepository& consent_texts() override { return store_.consent_texts(); }
    domain::SimulationRepository& simulations() override { return store_.simulations(); }

private:
    domain::Repositories& store_;
    GatheredActivity activity_;
};

}  // namespace countersign::app::demo
