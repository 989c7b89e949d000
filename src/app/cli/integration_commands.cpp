#include "app/cli/commands.hpp"

namespace countersign::app::cli {
namespace {

json::object describe(const domain::Integration& integration) {
    const domain::IntegrationSettings& s = integration.settings;
    json::array domains;
    for (const std::string& domain : s.return_domains)
        domains.emplace_back(domain);
    return {{"integration_id", integration.id.text()},
            {"name", s.name ? json::value(*s.name) : json::value(nullptr)},
            {"enabled", s.enabled},
            {"allow_self_enrolment", s.allow_self_enrolment},
            {"enrolment_flow", domain::to_string(s.enrolment_flow)},
            {"verification_flow", domain::to_string(s.verification_flow)},
            {"return_domains", std::move(domains)},
            {"request_mode_hint", domain::to_string(s.request_mode_hint)},
            {"claim_namespace", s.claim_namespace ? json::value(*s.claim_namespace) : json::value(nullptr)},
            {"liveness", domain::to_string(s.liveness)},
            {"target_fmr", s.target_fmr},
            {"max_attempts", s.max_attempts},
            {"session_minutes", s.session_lifetime.value / minutes(1).value},
            {"allow_insecure_loopback", s.allow_insecure_loopback},
            {"adapt_templates", s.adapt_templates},
            {"version", integration.version}};
}

/// Only what was given on the command line changes.
Result<domain::IntegrationSettings> apply(domain::IntegrationSettings s, const IntegrationOptions& options) {
    if (options.name) s.name = options.name;
    if (options.enabled) s.enabled = *options.enabled;
    if (options.allow_self_enrolment) s.allow_self_enrolment = *options.allow_self_enrolment;
    if (!options.return_domains.empty()) s.return_domains = options.return_domains;
    if (options.request_mode) s.request_mode_hint = CS_TRY(domain::parse_request_mode(*options.request_mode));
    if (options.claim_namespace) s.claim_namespace = options.claim_namespace;
    if (options.liveness) s.liveness = CS_TRY(domain::parse_liveness_policy(*options.liveness));
    if (options.target_fmr) s.target_fmr = *options.target_fmr;
    if (options.max_attempts) s.max_attempts = *options.max_attempts;
    if (options.session_minutes) s.session_lifetime = minutes(*options.session_minutes);
    if (options.allow_insecure_loopback) s.allow_insecure_loopback = *options.allow_insecure_loopback;
    if (options.adapt_templates) s.adapt_templates = *options.adapt_templates;
    return s;
}

Output with_secret(const domain::IntegrationWithSecret& created) {
    json::object document = describe(created.integration);
    document["session_secret"] = created.session_secret;
    std::string text = as_lines(document) + "\nStore the session secret now: it cannot be shown again.\n";
    return Output{std::move(document), std::move(text)};
}

struct Named {
    TenantId tenant;
    IntegrationId integration;
};
Result<Named> named(Core& core, const IntegrationOptions& options) {
    const domain::Tenant tenant = CS_TRY(core.tenants.find(options.tenant));
    const IntegrationId integration = CS_TRY(IntegrationId::parse(options.integration));
    return Named{tenant.id, integration};
}

}  // namespace

Result<Output> integration_create(Core& core, const IntegrationOptions& options) {
    const domain::Tenant tenant = CS_TRY(core.tenants.find(options.tenant));
    auto settings = CS_TRY(apply({}, options));
    const auto created = CS_TRY(core.integrations.create(tenant.id, std::move(settings), "cli"));
    return with_secret(created);
}

Result<Output> integration_list(Core& core, const IntegrationOptions& options) {
    const domain::Tenant tenant = CS_TRY(core.tenants.find(options.tenant));
    const auto integrations = CS_TRY(core.integrations.list(tenant.id));
    json::array items;
    std::string text;
    for (const domain::Integration& integration : integrations) {
        items.push_back(describe(integration));
        text += fmt::format("{}  {:<8}  {}\n", integration.id.text(),
                            integration.settings.enabled ? "enabled" : "disabled",
                            integration.settings.name.value_or(""));
    }
    return Output{{{"integrations", std::move(items)}}, std::move(text)};
}

Result<Output> integration_update(Core& core, const IntegrationOptions& options) {
    const Named name = CS_TRY(named(core, options));
    const domain::Integration current = CS_TRY(core.integrations.find(name.tenant, name.integration));
    auto settings = CS_TRY(apply(current.settings, options));
    const auto updated = CS_TRY(
        core.integrations.update(name.tenant, name.integration, current.version, std::move(settings), "cli"));
    json::object document = describe(updated);
    std::string text = as_lines(document);
    return Output{std::move(document), std::move(text)};
}

Result<Output> integration_rotate_secret(Core& core, const IntegrationOptions& options) {
    const Named name = CS_TRY(named(core, options));
    const auto rotated = CS_TRY(core.integrations.rotate_secret(name.tenant, name.integration,
                                                                minutes(options.overlap_minutes), "cli"));
    return with_secret(rotated);
}

}  // namespace countersign::app::cli
