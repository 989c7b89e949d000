#include "app/core.hpp"

#include <algorithm>

#include "domain/admin/second_factor.hpp"
#include "store/migrator.hpp"
#include "store/sqlite/sqlite_database.hpp"

namespace countersign::app {
namespace {

/// A lost key file must never be answered with a fresh key: everything sealed would be unreadable for good.
Result<bool> has_tenants(store::Database& database) {
    persistence::SqlUnitOfWork work(database);
    const auto tenants =
        CS_TRY(domain::in_transaction(work, domain::Access::read, [](domain::Repositories& repositories) {
            return repositories.tenants().list();
        }));
    return !tenants.empty();
}

Result<void> keys_fit_tenants(const domain::Keys& keys, domain::TenantService& tenants) {
    const auto all = CS_TRY(tenants.list());
    for (const domain::Tenant& tenant : all) {
        if (keys.tenant_key(tenant)) continue;
        return fail(
            ErrorCode::precondition_failed,
            fmt::format(
                "the master key does not open the key of tenant {}: bring back the key file that belongs "
                "to this database",
                tenant.id.text()));
    }
    return {};
}

}  // namespace

Result<std::unique_ptr<store::Database>> open_database(const Config& config, Random& random) {
    const std::filesystem::path path(config.database.path);
    std::error_code error;
    if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), error);
    if (error) return fail(ErrorCode::unavailable, fmt::format("database.path: {}", error.message()));
    return store::open_sqlite({.path = path}, random);
}

Result<crypto::KeyRing> load_key_ring(const Config& config, const Environment& environment, Random& random,
                                      bool may_create) {
    if (const char* text = environment("COUNTERSIGN_MASTER_KEY")) {
        auto keys = CS_TRY(crypto::TextKekProvider(text).load());
        return crypto::KeyRing::make(std::move(keys), random);
    }
    using IfMissing = crypto::FileKekProvider::IfMissing;
    crypto::FileKekProvider file(config.keys.master_key_file, random,
                                 may_create ? IfMissing::create : IfMissing::fail);
    auto keys = CS_TRY(file.load());
    return crypto::KeyRing::make(std::move(keys), random);
}

Core::Core(std::unique_ptr<Random> source, std::unique_ptr<store::Database> opened, crypto::KeyRing key_ring)
    : random(std::move(source)),
      database(std::move(opened)),
      ring(std::move(key_ring)),
      keys(ring, *random),
      work(*database),
      tenants(work, keys, clock, *random),
      integrations(work, keys, clock, *random),
      subjects(work, clock, *random) {}

Result<std::unique_ptr<Core>> Core::open(const Config& config, const Environment& environment) {
    auto random = std::make_unique<SystemRandom>();
    const SystemClock clock;
    // A mistyped path must not leave an empty database behind; only `migrate` makes one.
    if (!std::filesystem::exists(config.database.path)) {
        return fail(ErrorCode::not_found,
                    fmt::format("{} does not exist: run `countersign migrate`", config.database.path));
    }
    auto database = CS_TRY(open_database(config, *random));
    CS_TRY(store::Migrator(*database, clock, store::embedded_migrations()).verify());
    const bool in_use = CS_TRY(has_tenants(*database));
    auto ring = CS_TRY(load_key_ring(config, environment, *random, !in_use));
    std::unique_ptr<Core> core(new Core(std::move(random), std::move(database), std::move(ring)));
    CS_TRY(keys_fit_tenants(core->keys, core->tenants));
    return core;
}

Result<void> Core::reload_keys(const Config& config, const Environment& environment) {
    const auto read = CS_TRY(load_key_ring(config, environment, *random, false));
    CS_TRY(keys_fit_tenants(domain::Keys(read, *random), tenants));
    ring.adopt(read);
    CS_TRY(rewrap("system"));
    return {};
}

Result<Wraps> Core::rewrap(std::string_view actor) {
    const int renewed = CS_TRY(tenants.rewrap_keys(actor));
    const int factors = CS_TRY(domain::rewrap_second_factors(work, keys));
    return Wraps{renewed, factors};
}

Result<Wraps> Core::former_wraps() {
    const auto is_former = [this](const Bytes& wrapped) { return ring.is_former(wrapped); };
    return domain::in_transaction(
        work, domain::Access::read, [&](domain::Repositories& repositories) -> Result<Wraps> {
            Wraps former;
            const auto all = CS_TRY(repositories.tenants().list());
            former.tenants =
                static_cast<int>(std::ranges::count_if(all, is_former, &domain::Tenant::wrapped_key));
            const auto administrators = CS_TRY(repositories.admin().administrators().list());
            for (const domain::Administrator& one : administrators) {
                for (const auto& wrapped : {one.totp_wrapped, one.totp_pending})
                    former.second_factors += wrapped && is_former(*wrapped) ? 1 : 0;
            }
            return former;
        });
}

}  // namespace countersign::app
