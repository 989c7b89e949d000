#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <fstream>
#include <set>

#include "app/portal.hpp"
#include "store/migrator.hpp"

namespace countersign::app {
namespace {

constexpr std::string_view kApi = "/api/admin/v1";

/// "GET /users/{user}" for every operation of api/openapi.yaml, read line by line: paths stand at two spaces,
/// methods at four.
std::set<std::string> described_calls() {
    std::ifstream file(std::string(COUNTERSIGN_SOURCE_DIR) + "/api/openapi.yaml");
    std::set<std::string> calls;
    std::string path;
    for (std::string line; std::getline(file, line) && line != "components:";) {
        if (line.starts_with("  /") && line.ends_with(":")) path = line.substr(2, line.size() - 3);
        for (const std::string_view method : {"get", "post", "put", "patch", "delete"}) {
            if (line != fmt::format("    {}:", method)) continue;
            std::string name(method);
            std::ranges::transform(name, name.begin(),
                                   [](char c) { return static_cast<char>(c - 'a' + 'A'); });
            calls.insert(fmt::format("{} {}", name, path));
        }
    }
    return calls;
}

/// A portal over an empty database in a folder of its own.
class PortalRoutes : public ::testing::Test {
protected:
    void SetUp() override {
        auto pattern = (std::filesystem::temp_directory_path() / "countersign-routes-XXXXXX").string();
        folder = ::mkdtemp(pattern.data());
        config.database.path = folder / "test.db";
        config.keys.master_key_file = folder / "master.key";
        config.portal.web_root = folder;
        SystemRandom random;
        const SystemClock clock;
        const auto database = open_database(config, random).value();
        store::Migrator(*database, clock, store::embedded_migrations()).migrate().value();
        core = Core::open(config, [](const std::string&) -> const char* { return nullptr; }).value();
        portal = Portal::make(*core, config, background).value();
    }
    void TearDown() override {
        portal.reset();
        core.reset();
        std::filesystem::remove_all(folder);
    }

    std::filesystem::path folder;
    Config config;
    telemetry::Metrics metrics;
    runtime::Lane background{{.name = "background", .threads = 1, .max_tasks = 1, .max_bytes = 1}, metrics};
    std::unique_ptr<Core> core;
    std::unique_ptr<Portal> portal;
};

TEST_F(PortalRoutes, AreThoseOfTheContractAndNoOthers) {
    std::set<std::string> served;
    std::set<std::string> others;
    const net::Router router = portal->routes();
    for (const auto& route : router.routes()) {
        const bool api = route->pattern.starts_with(kApi);
        const auto path = api ? route->pattern.substr(kApi.size()) : route->pattern;
        (api ? served : others).insert(fmt::format("{} {}", net::to_string(route->method), path));
    }
    EXPECT_EQ(served, described_calls());
    EXPECT_EQ(others, (std::set<std::string>{"GET /", "GET /{path*}", "POST /continue"}));
}

}  // namespace
}  // namespace countersign::app
