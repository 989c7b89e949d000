#pragma once

#include "app/cli/output.hpp"
#include "app/config.hpp"
#include "app/core.hpp"

/// The operator's way back into the portal, when nobody who could help is signed in. The same services as the
/// portal's, audited with the actor "cli".
///
/// Passwords are never typed here: a link sets one, within thirty minutes and once. Whoever may run these
/// commands can read the master key as well, so they ask for nothing more.
namespace countersign::app::cli {

struct AdminOptions {
    std::string email;
    std::string name;
    std::string organisation;
};

Result<Output> admin_create_owner(Core& core, const Config& config, const AdminOptions& options);
Result<Output> admin_list(Core& core, const Config& config, const AdminOptions& options);
Result<Output> admin_reset_password(Core& core, const Config& config, const AdminOptions& options);
Result<Output> admin_reset_second_factor(Core& core, const Config& config, const AdminOptions& options);
Result<Output> admin_revoke_sessions(Core& core, const Config& config, const AdminOptions& options);

}  // namespace countersign::app::cli
