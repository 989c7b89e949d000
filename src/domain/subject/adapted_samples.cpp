// SubjectService::forget_adapted: what strong matches added goes again.
#include "domain/audit/trail.hpp"
#include "domain/credential/adaptation.hpp"
#include "domain/subject/service.hpp"

namespace countersign::domain {
Result<int> SubjectService::forget_adapted(const TenantId& tenant, const SubjectId& id,
                                           const std::optional<SampleId>& only, std::string_view actor) {
    const auto forget = [&](Repositories& r) -> Result<int> {
        const auto now = clock_.now();
        const auto subject = CS_TRY(r.subjects().find(tenant, id));
        const auto credentials = CS_TRY(r.credentials().of_subject(tenant, id));
        int forgotten = 0;
        for (const auto& credential : credentials) {
            const auto samples = CS_TRY(r.credentials().samples(tenant, credential.id));
            for (const auto& adapted : adapted_among(samples)) {
                if (only && adapted.id != *only) continue;
                CS_TRY(r.credentials().remove_adapted_sample(tenant, credential.id, adapted.id));
                CS_TRY(count_samples(r, subject, credential.id));
                AuditEntry entry{
                    tenant, std::string(actor), "credential.adaptation_removed", credential.id.text(), {}};
                entry.details.emplace("subject", id.text());
                entry.details.emplace("sample", adapted.id.text());
                CS_TRY(append_audit(r, entry, now, random_));
                ++forgotten;
            }
        }
        if (forgotten == 0) return fail(ErrorCode::not_found, "there is no such adapted sample");
        return forgotten;
    };
    const int forgotten = CS_TRY(in_transaction(work_, Access::write, forget));
    clear_log();
    return forgotten;
}

}  // namespace countersign::domain
