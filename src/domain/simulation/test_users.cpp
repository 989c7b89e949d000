#include "domain/simulation/test_users.hpp"

namespace countersign::domain {
namespace {

constexpr int kBatch = 50;

Result<void> forget(UnitOfWork& work, SubjectService& subjects, Simulation simulation) {
    const auto user = subjects.find(simulation.tenant, simulation.external_id);
    const auto removed = user ? subjects.remove(simulation.tenant, user->id, "system")
                              : Result<DeletionCertificate>(tl::unexpected(user.error()));
    if (!removed && removed.error().code != ErrorCode::not_found) return tl::unexpected(removed.error());
    // Only now: when the server stops in between, the user is looked for again.
    simulation.user_until.reset();
    return in_transaction(work, Access::write,
                          [&](Repositories& r) { return r.simulations().update(simulation); });
}

}  // namespace

Result<int> forget_test_users(UnitOfWork& work, SubjectService& subjects, UnixMicros now) {
    const auto overdue = CS_TRY(in_transaction(
        work, Access::read, [&](Repositories& r) { return r.simulations().with_overdue_user(now, kBatch); }));
    for (const auto& simulation : overdue)
        CS_TRY(forget(work, subjects, simulation));
    return static_cast<int>(overdue.size());
}

}  // namespace countersign::domain
