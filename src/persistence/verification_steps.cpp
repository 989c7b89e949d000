// SqlVerificationRepository: the timeline.
#include "persistence/repositories.hpp"
#include "persistence/rows_of.hpp"

namespace countersign::persistence {
namespace {

using store::Statement;

constexpr Statement kPlace{
    .name = "verification_step.place",
    .sql =
        "SELECT COALESCE(MAX(position), 0) + 1 AS position, COALESCE(SUM(CASE WHEN kind = $3 THEN 1 ELSE 0 "
        "END), 0) AS same FROM verification_step WHERE tenant_id = $1 AND verification_id = $2",
};
constexpr Statement kInsert{
    .name = "verification_step.insert",
    .sql =
        "INSERT INTO verification_step (tenant_id, verification_id, position, occurred_at, kind, details) "
        "VALUES ($1, $2, $3, $4, $5, $6)",
};
constexpr Statement kList{
    .name = "verification_step.list",
    .sql =
        "SELECT occurred_at, kind, details FROM verification_step WHERE tenant_id = $1 AND verification_id = "
        "$2 ORDER BY occurred_at, position",
};

}  // namespace

Result<bool> SqlVerificationRepository::add_step(const TenantId& tenant, const VerificationId& id,
                                                 const domain::VerificationStep& step) {
    const auto rows = CS_TRY(session_.query(kPlace, {tenant, id, step.kind}));
    const auto place = CS_TRY(rows.one());
    const auto position = CS_TRY(place.integer("position"));
    const auto same = CS_TRY(place.integer("same"));
    CS_TRY(
        session_.execute(kInsert, {tenant, id, position, step.at, step.kind, details_to_json(step.details)}));
    return same == 0;
}

Result<std::vector<domain::VerificationStep>> SqlVerificationRepository::steps(const TenantId& tenant,
                                                                               const VerificationId& id) {
    const auto rows = CS_TRY(session_.query(kList, {tenant, id}));
    std::vector<domain::VerificationStep> steps;
    for (const auto& row : rows) {
        const auto details = CS_TRY(row.text("details"));
        domain::VerificationStep step;
        step.at = CS_TRY(row.time("occurred_at"));
        step.kind = CS_TRY(row.text("kind"));
        step.details = CS_TRY(details_from_json(details));
        steps.push_back(std::move(step));
    }
    return steps;
}

}  // namespace countersign::persistence
