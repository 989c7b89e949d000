#pragma once

#include "domain/subject/service.hpp"

namespace countersign::domain {

struct MaintenanceReport {
    int expired_verifications{0};
    int purged_credentials{0};
    int simulations_cleaned_up{0};
};

/// What time does to rows: open verifications expire, pending credentials of unconfirmed logins are destroyed
/// after five minutes, spent tokens, tickets, old verifications and test users are forgotten. Idempotent; run
/// it every half minute.
///
/// Errors: unavailable. Threads: safe; blocks on the store; background lane. Requirement S17.
class MaintenanceService {
public:
    MaintenanceService(UnitOfWork& work, const Clock& clock, Random& random)
        : work_(work), clock_(clock), random_(random), subjects_(work, clock, random) {}

    Result<MaintenanceReport> run_once();

private:
    UnitOfWork& work_;
    const Clock& clock_;
    Random& random_;
    SubjectService subjects_;
};

}  // namespace countersign::domain
