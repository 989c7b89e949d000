#include "domain/auth0/return_contract.hpp"

#include "persistence/sqlite_engines_contract.hpp"

namespace countersign::domain {

COUNTERSIGN_ON_EVERY_ENGINE(ReturnContract);
COUNTERSIGN_ON_EVERY_ENGINE(ConfirmContract);

}  // namespace countersign::domain
