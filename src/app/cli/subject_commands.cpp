#include "app/cli/commands.hpp"

namespace countersign::app::cli {
namespace {

json::value when(const std::optional<UnixMicros>& time) {
    return time ? json::value(to_rfc3339(*time)) : json::value(nullptr);
}

json::object describe(const domain::Subject& subject) {
    return {{"subject_id", subject.id.text()},
            {"external_id", subject.external_id},
            {"state", domain::to_string(subject.state)},
            {"failed_attempts", subject.failed_attempts},
            {"last_passed_at", when(subject.last_passed_at)},
            {"created_at", to_rfc3339(subject.created_at)}};
}

struct Named {
    domain::Tenant tenant;
    domain::Subject subject;
};
Result<Named> named(Core& core, const SubjectOptions& options) {
    domain::Tenant tenant = CS_TRY(core.tenants.find(options.tenant));
    domain::Subject subject = CS_TRY(core.subjects.find(tenant.id, options.subject));
    return Named{std::move(tenant), std::move(subject)};
}

json::array adapted_of(const std::vector<domain::AdaptedSample>& samples) {
    json::array out;
    for (const domain::AdaptedSample& sample : samples)
        out.push_back({{"sample_id", sample.id.text()}, {"adapted_at", to_rfc3339(sample.adapted_at)}});
    return out;
}

json::array credentials_of(const domain::SubjectDetail& detail) {
    json::array out;
    for (const domain::Credential& credential : detail.credentials) {
        out.push_back({{"credential_id", credential.id.text()},
                       {"state", domain::to_string(credential.state)},
                       {"model", credential.model},
                       {"samples", detail.samples.at(credential.id)},
                       {"adapted_samples", adapted_of(detail.adapted.at(credential.id))},
                       {"created_at", to_rfc3339(credential.created_at)},
                       {"activated_at", when(credential.activated_at)}});
    }
    return out;
}

json::array consents_of(const domain::SubjectDetail& detail) {
    json::array out;
    for (const domain::Consent& consent : detail.consents) {
        out.push_back({{"consent_id", consent.id.text()},
                       {"version", consent.version},
                       {"locale", consent.locale},
                       {"given_at", to_rfc3339(consent.given_at)},
                       {"withdrawn_at", when(consent.withdrawn_at)}});
    }
    return out;
}

}  // namespace

Result<Output> subject_list(Core& core, const SubjectOptions& options) {
    const domain::Tenant tenant = CS_TRY(core.tenants.find(options.tenant));
    SubjectId after;
    if (!options.after.empty()) after = CS_TRY(SubjectId::parse(options.after));
    const auto subjects = CS_TRY(core.subjects.list(tenant.id, after, options.limit));
    json::array items;
    std::string text;
    for (const domain::SubjectSummary& summary : subjects) {
        json::object item = describe(summary.subject);
        item["enrolled"] = summary.enrolled;
        items.push_back(std::move(item));
        text += fmt::format("{}  {:<9}  {:<12}  {}\n", summary.subject.id.text(),
                            domain::to_string(summary.subject.state),
                            summary.enrolled ? "enrolled" : "not enrolled", summary.subject.external_id);
    }
    return Output{{{"subjects", std::move(items)}}, std::move(text)};
}

Result<Output> subject_show(Core& core, const SubjectOptions& options) {
    const Named name = CS_TRY(named(core, options));
    const domain::SubjectDetail detail = CS_TRY(core.subjects.show(name.tenant.id, name.subject.id));
    json::object document = describe(detail.subject);
    document["credentials"] = credentials_of(detail);
    document["consents"] = consents_of(detail);
    std::string text = as_lines(document);
    return Output{std::move(document), std::move(text)};
}

Result<Output> subject_delete(Core& core, const SubjectOptions& options) {
    const Named name = CS_TRY(named(core, options));
    CS_TRY(core.subjects.remove(name.tenant.id, name.subject.id, "cli"));
    json::object document{
        {"subject_id", name.subject.id.text()}, {"external_id", name.subject.external_id}, {"deleted", true}};
    std::string text = as_lines(document);
    return Output{std::move(document), std::move(text)};
}

Result<Output> subject_unlock(Core& core, const SubjectOptions& options) {
    const Named name = CS_TRY(named(core, options));
    CS_TRY(core.subjects.unlock(name.tenant.id, name.subject.id, "cli"));
    json::object document{{"subject_id", name.subject.id.text()}, {"state", "active"}};
    std::string text = as_lines(document);
    return Output{std::move(document), std::move(text)};
}

Result<Output> subject_re_enrol(Core& core, const SubjectOptions& options) {
    json::object document;
    if (options.model.empty()) {
        const Named name = CS_TRY(named(core, options));
        CS_TRY(core.subjects.re_enrol(name.tenant.id, name.subject.id, "cli"));
        document = {{"subject_id", name.subject.id.text()}, {"re_enrolment_requested", 1}};
    } else {
        const domain::Tenant tenant = CS_TRY(core.tenants.find(options.tenant));
        const int asked = CS_TRY(core.subjects.re_enrol_model(tenant.id, options.model, "cli"));
        document = {{"model", options.model}, {"re_enrolment_requested", asked}};
    }
    std::string text = as_lines(document);
    return Output{std::move(document), std::move(text)};
}

Result<Output> subject_forget_adapted(Core& core, const SubjectOptions& options) {
    const Named name = CS_TRY(named(core, options));
    std::optional<SampleId> only;
    if (!options.sample.empty()) only = CS_TRY(SampleId::parse(options.sample));
    const int forgotten = CS_TRY(core.subjects.forget_adapted(name.tenant.id, name.subject.id, only, "cli"));
    json::object document{{"subject_id", name.subject.id.text()}, {"forgotten", forgotten}};
    std::string text = as_lines(document);
    return Output{std::move(document), std::move(text)};
}

}  // namespace countersign::app::cli
