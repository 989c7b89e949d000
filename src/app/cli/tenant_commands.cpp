#include "app/cli/commands.hpp"
#include "domain/audit/trail.hpp"

namespace countersign::app::cli {
namespace {

json::object describe(const domain::Tenant& tenant) {
    return {{"tenant_id", tenant.id.text()},
            {"name", tenant.name},
            {"created_at", to_rfc3339(tenant.created_at)}};
}

}  // namespace

Result<Output> tenant_create(Core& core, const std::string& name) {
    const domain::Tenant tenant = CS_TRY(core.tenants.create(name, "cli"));
    json::object document = describe(tenant);
    std::string text = as_lines(document);
    return Output{std::move(document), std::move(text)};
}

Result<Output> tenant_list(Core& core) {
    const auto tenants = CS_TRY(core.tenants.list());
    json::array items;
    std::string text;
    for (const domain::Tenant& tenant : tenants) {
        items.push_back(describe(tenant));
        text += fmt::format("{}  {}  {}\n", tenant.id.text(), to_rfc3339(tenant.created_at), tenant.name);
    }
    return Output{{{"tenants", std::move(items)}}, std::move(text)};
}

Result<Output> audit_verify(Core& core, const std::string& name) {
    const domain::Tenant tenant = CS_TRY(core.tenants.find(name));
    const domain::ChainCheck chain = CS_TRY(domain::check_audit_chain(core.work, tenant.id));
    if (!chain.intact) {
        return fail(ErrorCode::precondition_failed, fmt::format("the audit chain of {} is broken at event {}",
                                                                tenant.id.text(), chain.first_broken));
    }
    json::object document{{"tenant_id", tenant.id.text()}, {"intact", true}, {"events", chain.events}};
    std::string text = as_lines(document);
    return Output{std::move(document), std::move(text)};
}

}  // namespace countersign::app::cli
