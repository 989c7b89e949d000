#include "domain/auth0/start_contract.hpp"

#include "persistence/sqlite_engines_contract.hpp"

namespace countersign::domain {

COUNTERSIGN_ON_EVERY_ENGINE(StartContract);

}  // namespace countersign::domain
