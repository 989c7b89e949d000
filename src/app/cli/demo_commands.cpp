#include "app/cli/demo_commands.hpp"

#include "app/cli/progress_line.hpp"

namespace countersign::app::cli {

Result<Output> demo_seed(Core& core, const demo::SeedOptions& options) {
    ProgressLine line("history");
    const auto seeded = CS_TRY(
        demo::seed(core, options, [&](std::size_t done, std::size_t total) { line.show(done, total); }));
    json::array integrations;
    for (const auto& id : seeded.integrations)
        integrations.emplace_back(id.text());
    json::object document{{"tenant_id", seeded.tenant.id.text()},    {"tenant", seeded.tenant.name},
                          {"tenant_created", seeded.tenant_created}, {"users", seeded.users},
                          {"transactions", seeded.logins},           {"seed", options.seed},
                          {"integrations", std::move(integrations)}};
    std::string text =
        as_lines(document) +
        "\nNone of these people exist. Their templates are random noise that no face matches.\n";
    return Output{std::move(document), std::move(text)};
}

}  // namespace countersign::app::cli
