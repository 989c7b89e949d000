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
          admin_(session) {}

    domain::TenantRepository& tenants() override { return tenants_; }
    domain::IntegrationRepository& integrations() override { return integrations_; }
    domain::SubjectRepository& subjects() override { return subjects_; }
    domain::CredentialRepository& credentials() override { return credentials_; }
    domain::ConsentRepository& consents() override { return consents_; }
    domain::VerificationRepository& verifications() override { return verifications_; }
    domain::AuditRepository& audit() override { return audit_; }
    domain::AdminRepositories& admin() override { return admin_; }

private:
    SqlTenantRepository tenants_;
    SqlIntegrationRepository integrations_;
    SqlSubjectRepository subjects_;
    SqlCredentialRepository credentials_;
    SqlConsentRepository consents_;
    SqlVerificationRepository verifications_;
    SqlAuditRepository audit_;
    SqlAdminRepositories admin_;
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
