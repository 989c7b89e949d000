#include "domain/integration/integration_contract.hpp"

#include "persistence/sqlite_engines_contract.hpp"

namespace countersign::domain {

COUNTERSIGN_ON_EVERY_ENGINE(IntegrationContract);
COUNTERSIGN_ON_EVERY_ENGINE(TenantContract);

}  // namespace countersign::domain
