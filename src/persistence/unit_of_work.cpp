#include "persistence/unit_of_work.hpp"

#include "persistence/admin_repositories.hpp"
#include "persistence/repositories.hpp"

namespace countersign::persistence {
namespace {

class SqlRepositories final : public domain::Repositories {
public:
    explicit SqlRepositories(store::Session& session)
        : tenants_(session),
          integrations_(session),
          subjects_(session),
          credentials_(session),
          consents_(session),
          verifications_(session),
          audit_(session),
          admin_(session),
          activity_(session),
          tenant_settings_(session),
          consent_texts_(session),
          simulations_(session) {}

    domain::TenantRepository& tenants() override { return tenants_; }
    domain::IntegrationRepository& integrations() override { return integrations_; }
    domain::SubjectRepository& subjects() override { return subjects_; }
    domain::CredentialRepository& credentials() override { return credentials_; }
    domain::ConsentRepository& consents() override { return consents_; }
    domain::VerificationRepository& verifications() override { return verifications_; }
    domain::AuditRepository& audit() override { return audit_; }
    domain::AdminRepositories& admin() override { return admin_; }
    domain::ActivityRepository& activity() override { return activity_; }
    domain::TenantSettingsRepository& tenant_settings() override { return tenant_settings_; }
    domain::ConsentTextRepository& consent_texts() override { return consent_texts_; }
    domain::SimulationRepository& simulations() override { return simulations_; }

private:
    SqlTenantRepository tenants_;
    SqlIntegrationRepository integrations_;
    SqlSubjectRepository subjects_;
    SqlCredentialRepository credentials_;
    SqlConsentRepository consents_;
    SqlVerificationRepository verifications_;
    SqlAuditRepository audit_;
    SqlAdminRepositories admin_;
    SqlActivityRepository activity_;
    SqlTenantSettingsRepository tenant_settings_;
    SqlConsentTextRepository consent_texts_;
    SqlSimulationRepository simulations_;
};

}  // namespace

Result<void> SqlUnitOfWork::transact(domain::Access access,
                                     const std::function<Result<void>(domain::Repositories&)>& work) {
    const auto mode = access == domain::Access::read ? store::Mode::read : store::Mode::write;
    return database_.transact(mode, [&](store::Session& session) -> Result<void> {
        SqlRepositories repositories(session);
        return work(repositories);
    });
}

}  // namespace countersign::persistence
