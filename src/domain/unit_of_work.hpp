#pragma once

#include <functional>
#include <optional>
#include <type_traits>

#include "domain/activity/ports.hpp"
#include "domain/admin/ports.hpp"
#include "domain/audit/ports.hpp"
#include "domain/consent/ports.hpp"
#include "domain/credential/ports.hpp"
#include "domain/integration/ports.hpp"
#include "domain/settings/ports.hpp"
#include "domain/simulation/ports.hpp"
#include "domain/subject/ports.hpp"
#include "domain/tenant/ports.hpp"
#include "domain/verification/ports.hpp"

namespace countersign::domain {

/// All repositories of one transaction. Valid only inside the function that received them.
class Repositories {
public:
    virtual ~Repositories() = default;
    virtual TenantRepository& tenants() = 0;
    virtual IntegrationRepository& integrations() = 0;
    virtual SubjectRepository& subjects() = 0;
    virtual CredentialRepository& credentials() = 0;
    virtual ConsentRepository& consents() = 0;
    virtual VerificationRepository& verifications() = 0;
    virtual AuditRepository& audit() = 0;
    virtual AdminRepositories& admin() = 0;
    virtual ActivityRepository& activity() = 0;
    virtual TenantSettingsRepository& tenant_settings() = 0;
    virtual ConsentTextRepository& consent_texts() = 0;
    virtual SimulationRepository& simulations() = 0;
};

enum class Access { read, write };

/// One business transaction.
///
/// `work` returning a value commits durably before `transact` returns; returning an error rolls everything
/// back. A refusal that must leave a trace is therefore a value. `work` may run more than once (lost race):
/// nothing but the repositories may be changed in it, and results are assigned, never appended.
///
/// Errors:  those of `work`; unavailable and storage_full from the store (deny).
/// Threads: safe; blocks on the store. Never hold one open over inference, hashing of passwords or network
/// calls.
class UnitOfWork {
public:
    virtual ~UnitOfWork() = default;
    virtual Result<void> transact(Access access, const std::function<Result<void>(Repositories&)>& work) = 0;
    /// Takes what was deleted before out of the store's write-ahead log, too. Errors: unavailable (others
    /// hold the store for too long): it leaves the log later, with the log's own turn.
    virtual Result<void> checkpoint() = 0;
};

/// Runs `function` in one transaction and yields its value. Assign the result first and CS_TRY it in the next
/// line when `function` itself uses CS_TRY.
template <class F>
auto in_transaction(UnitOfWork& work, Access access, F&& function) -> std::invoke_result_t<F, Repositories&> {
    using Outcome = std::invoke_result_t<F, Repositories&>;
    using Value = typename Outcome::value_type;
    if constexpr (std::is_void_v<Value>) {
        return work.transact(access, function);
    } else {
        std::optional<Value> value;
        CS_TRY(work.transact(access, [&](Repositories& repositories) -> Result<void> {
            auto outcome = function(repositories);
            if (!outcome) return tl::unexpected(std::move(outcome).error());
            value.emplace(*std::move(outcome));
            return {};
        }));
        return *std::move(value);
    }
}

}  // namespace countersign::domain
