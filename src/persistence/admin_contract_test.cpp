#include "domain/admin/passkey_contract.hpp"
#include "domain/admin/sign_in_contract.hpp"
#include "domain/admin/team_contract.hpp"
#include "persistence/sqlite_engines_contract.hpp"

namespace countersign::domain {

COUNTERSIGN_ON_EVERY_ENGINE(PasskeyContract);
COUNTERSIGN_ON_EVERY_ENGINE(SignInContract);
COUNTERSIGN_ON_EVERY_ENGINE(TeamContract);

}  // namespace countersign::domain
