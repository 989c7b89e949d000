#pragma once

#include "domain/unit_of_work.hpp"
#include "store/database.hpp"

namespace countersign::persistence {

/// The domain's unit of work over one SQL transaction.
/// Errors and threads: as domain::UnitOfWork and store::Database. `database` must outlive it.
class SqlUnitOfWork final : public domain::UnitOfWork {
public:
    explicit SqlUnitOfWork(store::Database& database) : database_(database) {}

    Result<void> transact(domain::Access access,
                          const std::function<Result<void>(domain::Repositories&)>& work) override;
    Result<void> checkpoint() override { return database_.checkpoint(); }

private:
    store::Database& database_;
};

}  // namespace countersign::persistence
