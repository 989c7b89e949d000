#include "app/doctor.hpp"

#include <cstdio>

#include "app/core.hpp"
#include "app/demo/history_writer.hpp"
#include "app/engine.hpp"
#include "net/static_assets.hpp"
#include "store/migrator.hpp"

namespace countersign::app {
namespace {

struct Finding {
    std::string check;
    Result<std::string> outcome;  // what was seen, or what is wrong
};

/// A clock before the build, or far after it, makes every token look expired or not yet valid.
Result<std::string> check_clock() {
    constexpr std::string_view kBuilt = "2026-11-01T00:00:00Z";
    const UnixMicros earliest = parse_rfc3339(kBuilt).value();
    const UnixMicros now = SystemClock().now();
    if (now < earliest || earliest + days(20 * 365) < now) {
        return fail(ErrorCode::precondition_failed,
                    fmt::format("the system clock says {}; set it, and run a time service", to_rfc3339(now)));
    }
    return to_rfc3339(now);
}

Result<std::string> check_database(const Config& config) {
    SystemRandom random;
    const SystemClock clock;
    if (!std::filesystem::exists(config.database.path)) {
        return fail(ErrorCode::not_found,
                    fmt::format("{} does not exist: run `countersign migrate`", config.database.path));
    }
    auto database = CS_TRY(open_database(config, random));
    CS_TRY(store::Migrator(*database, clock, store::embedded_migrations()).verify());
    CS_TRY(database->quick_check());
    return config.database.path;
}

Result<std::string> check_keys(const Config& config, const Environment& environment) {
    const auto core = CS_TRY(Core::open(config, environment));
    const auto tenants = CS_TRY(core->tenants.list());
    return fmt::format("master key {} opens {} tenants", core->ring.current_key_id(), tenants.size());
}

using Engine = Result<std::unique_ptr<face::FaceEngine>>;

Result<std::string> check_models(const Config& config, const Engine& engine) {
    if (!engine) return tl::unexpected(engine.error());
    CS_TRY((*engine)->self_test());
    std::string seen = fmt::format("pack {}, embedding {}", config.face.pack, (*engine)->embedding_model());
    if (!config.face.previous_pack.empty()) {
        seen += fmt::format("; before it {}, embedding {}", config.face.previous_pack,
                            (*engine)->previous_model());
    }
    return seen;
}

/// Whether everybody's templates can be compared. Who has others is refused until a pack or an enrolment
/// helps.
Result<std::string> check_templates(const Config& config, const Environment& environment,
                                    const face::FaceEngine& engine) {
    const domain::TemplateModels models{engine.embedding_model(), engine.previous_model()};
    const auto core = CS_TRY(Core::open(config, environment));
    const auto counts = CS_TRY(core->subjects.models());
    std::string seen = counts.empty() ? "none yet" : "";
    std::string lost;
    for (const auto& [model, subjects] : counts) {
        seen += fmt::format("{}{} of {}{}", seen.empty() ? "" : ", ", subjects, model,
                            model == models.previous ? " (renewed at their next login)" : "");
        if (!models.has(model) && model != demo::kSeededModel)
            lost += fmt::format("{}{}", lost.empty() ? "" : ", ", model);
    }
    if (lost.empty()) return fmt::format("users by model: {}", seen);
    return fail(ErrorCode::precondition_failed,
                fmt::format("users by model: {}; those of {} cannot log in: name the pack of that model in "
                            "face.previous_pack, or ask them to enrol anew by `countersign subject re-enrol "
                            "--tenant NAME --model MODEL`",
                            seen, lost));
}

Result<std::string> check_pages(std::string_view setting, const std::string& web_root) {
    const auto assets = CS_TRY(net::StaticAssets::load(web_root));
    if (!assets.has("index.html")) {
        return fail(ErrorCode::not_found,
                    fmt::format("{}: {} has no index.html: run `make setup`", setting, web_root));
    }
    return web_root;
}

Result<std::string> check_address(std::string_view setting, const std::string& url, std::string_view why) {
    const bool loopback = url.starts_with("http://127.0.0.1") || url.starts_with("http://[::1]");
    if (!url.starts_with("https://") && !loopback)
        return fail(ErrorCode::precondition_failed, fmt::format("{} is {}: {}", setting, url, why));
    return url;
}

json::value describe(const Finding& finding) {
    return {{"check", finding.check},
            {"ok", finding.outcome.has_value()},
            {"detail", finding.outcome ? *finding.outcome : finding.outcome.error().detail}};
}

void print_for_people(const std::vector<Finding>& findings) {
    for (const Finding& finding : findings) {
        fmt::print("{}  {:<14} {}\n", finding.outcome ? "ok    " : "FAILED", finding.check,
                   finding.outcome ? *finding.outcome : finding.outcome.error().detail);
    }
}

}  // namespace

int run_doctor(const std::filesystem::path& config_file, const Environment& environment, bool as_json) {
    std::vector<Finding> findings;
    const Result<Config> config = load_config(config_file, environment);
    json::value effective = nullptr;
    if (config) {
        effective = to_json(*config);
        findings.push_back(
            {"configuration", config_file.empty() ? std::string("defaults") : config_file.string()});
        findings.push_back(
            {"public address", check_address("server.public_url", config->server.public_url,
                                             "browsers give no camera to a page without TLS")});
        findings.push_back({"portal address", check_address("portal.public_url", config->portal.public_url,
                                                            "browsers keep no session cookie without TLS")});
        findings.push_back({"clock", check_clock()});
        findings.push_back({"database", check_database(*config)});
        auto keys = check_keys(*config, environment);
        const bool open = keys.has_value();
        findings.push_back({"master key", std::move(keys)});
        const Engine engine = load_engine(*config);
        findings.push_back({"models", check_models(*config, engine)});
        if (open && engine)
            findings.push_back({"templates", check_templates(*config, environment, **engine)});
        findings.push_back({"capture page", check_pages("server.web_root", config->server.web_root)});
        findings.push_back({"portal pages", check_pages("portal.web_root", config->portal.web_root)});
    } else {
        findings.push_back({"configuration", tl::unexpected(config.error())});
    }

    bool healthy = true;
    json::array items;
    for (const Finding& finding : findings) {
        healthy = healthy && finding.outcome.has_value();
        items.push_back(describe(finding));
    }
    if (as_json) {
        fmt::print("{}\n", json::serialize(json::value{
                               {"healthy", healthy}, {"checks", items}, {"configuration", effective}}));
    } else {
        print_for_people(findings);
    }
    return healthy ? 0 : 1;
}

}  // namespace countersign::app
