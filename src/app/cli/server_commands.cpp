#include "app/cli/commands.hpp"
#include "domain/admin/second_factor.hpp"
#include "store/migrator.hpp"

namespace countersign::app::cli {

Result<Output> migrate(const Config& config) {
    SystemRandom random;
    const SystemClock clock;
    auto database = CS_TRY(open_database(config, random));
    const int applied = CS_TRY(store::Migrator(*database, clock, store::embedded_migrations()).migrate());
    json::object document{{"database", config.database.path}, {"applied", applied}};
    std::string text = as_lines(document);
    return Output{std::move(document), std::move(text)};
}

Result<Output> keys_rotate(const Config& config, const Environment& environment) {
    if (environment("COUNTERSIGN_MASTER_KEY") != nullptr) {
        return fail(ErrorCode::precondition_failed,
                    "the master key comes from COUNTERSIGN_MASTER_KEY: put the new key in front of the old "
                    "one there, "
                    "separated by a comma, and start the server; it renews the wrapping at start");
    }
    SystemRandom random;
    {
        const auto before = CS_TRY(Core::open(config, environment));  // refuses a key file that does not fit
    }
    crypto::FileKekProvider file(config.keys.master_key_file, random,
                                 crypto::FileKekProvider::IfMissing::fail);
    const auto keys = CS_TRY(file.rotate());
    json::object document{{"master_key_id", keys.front().id()}, {"former_keys", keys.size() - 1}};
    std::string text =
        as_lines(document) +
        "\nReload or start the server: it wraps everything with the new key. Then drop the former "
        "key: countersign keys retire\n";
    return Output{std::move(document), std::move(text)};
}

Result<Output> keys_retire(const Config& config, const Environment& environment) {
    if (environment("COUNTERSIGN_MASTER_KEY") != nullptr) {
        return fail(ErrorCode::precondition_failed,
                    "the master keys come from COUNTERSIGN_MASTER_KEY: take the former ones out there");
    }
    const auto core = CS_TRY(Core::open(config, environment));
    const Wraps former = CS_TRY(core->former_wraps());
    if (former.tenants + former.second_factors > 0) {
        return fail(
            ErrorCode::precondition_failed,
            fmt::format("{} tenants and {} second factors still hang on a former key: reload or start "
                        "the server, which wraps them anew",
                        former.tenants, former.second_factors));
    }
    SystemRandom random;
    crypto::FileKekProvider file(config.keys.master_key_file, random,
                                 crypto::FileKekProvider::IfMissing::fail);
    CS_TRY(file.retire_previous());
    json::object document{{"master_key_id", core->ring.current_key_id()}};
    std::string text = as_lines(document);
    return Output{std::move(document), std::move(text)};
}

}  // namespace countersign::app::cli
