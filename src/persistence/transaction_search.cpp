// SqlVerificationRepository: lists of transactions, newest first.
#include "persistence/query_text.hpp"
#include "persistence/repositories.hpp"
#include "persistence/rows_of.hpp"

namespace countersign::persistence {
namespace {

using domain::TransactionFilter;

/// The one filter whose index is walked: the one that leaves the fewest rows. The others are only looked at,
/// or the planner, which keeps no statistics, might choose the state that nearly all rows have.
enum class Driver { subject, external_id, cause, state, integration, time };

Driver driver_of(const TransactionFilter& filter) {
    if (filter.subject) return Driver::subject;
    if (filter.external_id) return Driver::external_id;
    if (filter.cause) return Driver::cause;
    if (filter.state && *filter.state != domain::VerificationState::passed) return Driver::state;
    if (filter.integration) return Driver::integration;
    return filter.state ? Driver::state : Driver::time;
}

class Conditions {
public:
    Conditions(QueryText& query, Driver driver) : query_(query), driver_(driver) {}

    void equal(std::string_view column, Driver mine, store::Value value) {
        query_.add(" AND ");
        if (mine == driver_) {
            query_.add(column);
        } else {
            query_.add("COALESCE(").add(column).add(", '')");
        }
        query_.add(" = ").bind(std::move(value));
    }

private:
    QueryText& query_;
    Driver driver_;
};

}  // namespace

Result<std::vector<domain::Verification>> SqlVerificationRepository::search(
    const TenantId& tenant, const TransactionFilter& filter,
    const std::optional<domain::TransactionPosition>& after, int limit) {
    QueryText query("verification.search");
    query.add("SELECT ").add(kVerificationColumns).add(" FROM verification WHERE tenant_id = ").bind(tenant);
    Conditions conditions(query, driver_of(filter));
    if (filter.subject) conditions.equal("subject_id", Driver::subject, *filter.subject);
    if (filter.external_id) conditions.equal("external_id", Driver::external_id, *filter.external_id);
    if (filter.cause) conditions.equal("cause", Driver::cause, *filter.cause);
    if (filter.state) conditions.equal("state", Driver::state, to_string(*filter.state));
    if (filter.integration) conditions.equal("integration_id", Driver::integration, *filter.integration);
    if (filter.purpose) query.add(" AND purpose = ").bind(to_string(*filter.purpose));
    if (filter.from) query.add(" AND created_at >= ").bind(*filter.from);
    if (filter.to) query.add(" AND created_at < ").bind(*filter.to);
    if (after) {
        query.add(" AND (created_at, verification_id) < (").bind(after->created_at).add(", ").bind(after->id);
        query.add(")");
    }
    query.add(" ORDER BY created_at DESC, verification_id DESC LIMIT ").bind(limit);
    const auto rows = CS_TRY(query.run(session_));
    std::vector<domain::Verification> found;
    for (const auto& row : rows)
        found.push_back(CS_TRY(read_verification(row)));
    return found;
}

}  // namespace countersign::persistence
