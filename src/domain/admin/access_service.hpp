#pragma once

#include "domain/admin/access.hpp"
#include "domain/unit_of_work.hpp"

namespace countersign::domain {

/// Answers who calls, at every request: permissions are those of the role at this moment, so a change of role
/// or a removal takes effect at once. Notes the use at most once a minute, not at every request.
///
/// Errors and threads: as AdminAccess.
class AccessService final : public AdminAccess {
public:
    AccessService(UnitOfWork& work, const Clock& clock) : work_(work), clock_(clock) {}

    Result<AdminActor> by_session(std::string_view token) override;
    Result<AdminActor> by_api_key(std::string_view token) override;

private:
    UnitOfWork& work_;
    const Clock& clock_;
};

}  // namespace countersign::domain
