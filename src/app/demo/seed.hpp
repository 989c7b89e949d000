#pragma once

#include <functional>

#include "app/core.hpp"

namespace countersign::app::demo {

struct SeedOptions {
    std::string tenant{"Harbour Bank"};     // id or name; created when there is none of that name
    std::vector<std::string> integrations;  // ids; empty: all of the tenant, or three new ones
    std::size_t users{1000};
    std::optional<std::size_t> logins;  // unless said otherwise three per user, at most 80,000
    int days{90};
    std::uint64_t seed{1};
    bool force_add{false};
};

struct Seeded {
    domain::Tenant tenant;
    bool tenant_created{false};
    std::size_t users{0};
    std::size_t logins{0};
    std::vector<IntegrationId> integrations;
};

using Progress = std::function<void(std::size_t done, std::size_t total)>;

/// Fills a tenant with people who do not exist and with a history of their logins, so that lists, charts and
/// searches can be looked at. Commits in batches; a run that was broken off leaves what it had committed. The
/// first and the last audit event of the run say that the history is made up, and so does each of the others
/// but those of the state machine's own.
///
/// Errors: precondition_failed (the tenant has users and `force_add` is not set), conflict (the same seed
/// twice),
///         not_found (integration), invalid_argument, unavailable.
Result<Seeded> seed(Core& core, const SeedOptions& options, const Progress& progress);

}  // namespace countersign::app::demo
