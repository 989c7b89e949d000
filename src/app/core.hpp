#pragma once

#include <memory>

#include "app/config.hpp"
#include "base/random.hpp"
#include "base/time.hpp"
#include "crypto/key_ring.hpp"
#include "domain/integration/service.hpp"
#include "domain/subject/service.hpp"
#include "domain/tenant/service.hpp"
#include "persistence/unit_of_work.hpp"
#include "store/database.hpp"

namespace countersign::app {

/// Opens the configured database without looking at its schema. Errors: unavailable.
Result<std::unique_ptr<store::Database>> open_database(const Config& config, Random& random);

/// The master keys: from COUNTERSIGN_MASTER_KEY, else from the key file. `may_create` lets a first run make
/// the file. Errors: those of crypto::KekProvider.
Result<crypto::KeyRing> load_key_ring(const Config& config, const Environment& environment, Random& random,
                                      bool may_create);

/// Wrapped keys by what they belong to: all that hangs on a master key.
struct Wraps {
    int tenants{0};
    int second_factors{0};
};

/// The parts that the server and the command line share: database, keys and the services of administration.
/// Members are built in order and refer to the earlier ones, so a Core neither moves nor copies.
class Core {
public:
    /// Opens the database, checks that its schema is current and that the master keys fit its tenants.
    /// Errors: precondition_failed (schema: run `countersign migrate`; keys: bring back the key file),
    /// unavailable, and
    ///         those of the key file.
    static Result<std::unique_ptr<Core>> open(const Config& config, const Environment& environment);

    /// Reads the master keys again, for a rotation under way, and wraps anew what hangs on a former one.
    /// Errors: those of `open` about keys; then they stay as they are.
    Result<void> reload_keys(const Config& config, const Environment& environment);

    /// Wraps everything under the current master key; how much was not yet. Errors: unavailable, internal.
    Result<Wraps> rewrap(std::string_view actor);

    /// What still hangs on a former master key: while there is any, that key must stay.
    Result<Wraps> former_wraps();

    SystemClock clock;
    std::unique_ptr<Random> random;
    std::unique_ptr<store::Database> database;
    crypto::KeyRing ring;
    domain::Keys keys;
    persistence::SqlUnitOfWork work;
    domain::TenantService tenants;
    domain::IntegrationService integrations;
    domain::SubjectService subjects;

private:
    Core(std::unique_ptr<Random> source, std::unique_ptr<store::Database> opened, crypto::KeyRing key_ring);
};

}  // namespace countersign::app
