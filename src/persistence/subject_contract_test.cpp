#include "domain/subject/subject_contract.hpp"

#include "persistence/sqlite_engines_contract.hpp"

namespace countersign::domain {

COUNTERSIGN_ON_EVERY_ENGINE(SubjectContract);
COUNTERSIGN_ON_EVERY_ENGINE(AuditContract);

}  // namespace countersign::domain
