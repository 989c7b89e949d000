#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/cli/output.hpp"
#include "app/config.hpp"
#include "app/core.hpp"

/// The commands behind the words of the command line. Each returns what it prints; the exit status follows
/// from it.
namespace countersign::app::cli {

struct IntegrationOptions {
    std::string tenant;
    std::string integration;
    std::optional<std::string> name;
    std::optional<bool> enabled;
    std::optional<bool> allow_self_enrolment;
    std::vector<std::string> return_domains;
    std::optional<std::string> request_mode;
    std::optional<std::string> claim_namespace;
    std::optional<std::string> liveness;
    std::optional<double> target_fmr;
    std::optional<int> max_attempts;
    std::optional<int> session_minutes;
    std::optional<bool> allow_insecure_loopback;
    std::optional<bool> adapt_templates;
    int overlap_minutes{1440};
};

struct SubjectOptions {
    std::string tenant;
    std::string subject;
    std::string model;
    std::string sample;
    std::string after;
    int limit{50};
};

Result<Output> tenant_create(Core& core, const std::string& name);
Result<Output> tenant_list(Core& core);

Result<Output> integration_create(Core& core, const IntegrationOptions& options);
Result<Output> integration_list(Core& core, const IntegrationOptions& options);
Result<Output> integration_update(Core& core, const IntegrationOptions& options);
Result<Output> integration_rotate_secret(Core& core, const IntegrationOptions& options);

Result<Output> subject_list(Core& core, const SubjectOptions& options);
Result<Output> subject_show(Core& core, const SubjectOptions& options);
Result<Output> subject_delete(Core& core, const SubjectOptions& options);
Result<Output> subject_unlock(Core& core, const SubjectOptions& options);
Result<Output> subject_re_enrol(Core& core, const SubjectOptions& options);
Result<Output> subject_forget_adapted(Core& core, const SubjectOptions& options);

Result<Output> migrate(const Config& config);
Result<Output> keys_rotate(const Config& config, const Environment& environment);
Result<Output> keys_retire(const Config& config, const Environment& environment);
struct BenchOptions {
    std::string pictures{".cache/bench"};
    int rounds{200};
};
Result<Output> bench_pipeline(const Config& config, const BenchOptions& options);

Result<Output> audit_verify(Core& core, const std::string& tenant);

}  // namespace countersign::app::cli
