#include "domain/credential/adaptation.hpp"

#include <algorithm>

#include "domain/audit/trail.hpp"

namespace countersign::domain {
namespace {

int next_position(const std::vector<CredentialSample>& samples) {
    int next = 0;
    for (const auto& sample : samples)
        next = std::max(next, sample.position + 1);
    return next;
}

}  // namespace

Result<void> count_samples(Repositories& repositories, const Subject& subject, const CredentialId& id) {
    if (!subject.enrolled_at || !subject.integration) return {};
    const auto samples = CS_TRY(repositories.credentials().samples(subject.tenant, id));
    const Enrolment enrolment{*subject.enrolled_at, static_cast<int>(samples.size()), *subject.integration};
    return repositories.subjects().set_enrolment(subject.tenant, subject.id, enrolment);
}

std::vector<AdaptedSample> adapted_among(const std::vector<CredentialSample>& samples) {
    std::vector<AdaptedSample> adapted;
    for (const auto& sample : samples) {
        if (sample.adapted_at) adapted.push_back({sample.id, *sample.adapted_at});
    }
    std::ranges::sort(adapted, {}, &AdaptedSample::adapted_at);
    return adapted;
}

Result<void> adapt_credential(Repositories& repositories, const TemplateVault& vault, const Subject& subject,
                              const Credential& stored, const Adaptation& adaptation, UnixMicros now,
                              Random& random) {
    auto& credentials = repositories.credentials();
    if (stored.model != adaptation.sample.model) return {};
    const bool due = CS_TRY(credentials.claim_adaptation(stored, now, now - kAdaptationInterval));
    if (!due) return {};

    AuditEntry entry{subject.tenant, "system", "credential.adapted", stored.id.text(), {}};
    const auto samples = CS_TRY(credentials.samples(subject.tenant, stored.id));
    auto adapted = adapted_among(samples);
    if (adapted.size() >= kMostAdapted) {
        CS_TRY(credentials.remove_adapted_sample(subject.tenant, stored.id, adapted.front().id));
        entry.details.emplace("replaced_sample", adapted.front().id.text());
    }
    const auto added = CS_TRY(
        vault.add_adapted(repositories, subject, stored, adaptation.sample, next_position(samples), now));
    CS_TRY(count_samples(repositories, subject, stored.id));
    entry.details.emplace("subject", subject.id.text());
    entry.details.emplace("verification", adaptation.verification.text());
    entry.details.emplace("sample", added.text());
    entry.details.emplace("reason", "strong_match");
    return append_audit(repositories, entry, now, random);
}

}  // namespace countersign::domain
