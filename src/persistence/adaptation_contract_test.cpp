#include "domain/credential/adaptation_contract.hpp"

#include "persistence/sqlite_engines_contract.hpp"

namespace countersign::domain {

COUNTERSIGN_ON_EVERY_ENGINE(AdaptationContract);

}  // namespace countersign::domain
