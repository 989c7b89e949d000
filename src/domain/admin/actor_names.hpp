#pragma once

#include <map>
#include <string>
#include <vector>

#include "domain/unit_of_work.hpp"

namespace countersign::domain {

using ActorNames = std::map<std::string, std::string, std::less<>>;

/// What people call the actors of a tenant's trail: an administrator by name, an API key by the name it was
/// given. One who is gone, the command line and the system are not in the answer.
///
/// `actors` may repeat. Errors: unavailable. Threads: safe; blocks on the store.
Result<ActorNames> actor_names(UnitOfWork& work, const TenantId& tenant,
                               const std::vector<std::string>& actors);

/// The name of one of them, else the identifier itself.
std::string name_or_id(const ActorNames& names, const std::string& actor);

}  // namespace countersign::domain
