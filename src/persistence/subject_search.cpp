// SqlSubjectRepository: lists of subjects. Each order is a walk along an index, from the last row of the page
// before.
#include <charconv>

#include "persistence/query_text.hpp"
#include "persistence/repositories.hpp"
#include "persistence/rows_of.hpp"

namespace countersign::persistence {
namespace {

using domain::SubjectFilter;
using domain::SubjectPosition;
using domain::SubjectSort;
using domain::SubjectStatus;

// Up to this many matches are collected and sorted; more of them are found fast along the order itself.
constexpr int kFewMatches = 2000;
constexpr int kCountLimit = 250'000;

// The expression of subject_status_idx, word for word.
constexpr std::string_view kStatus =
    "(CASE WHEN s.state <> 'active' THEN s.state WHEN s.enrolled_at IS NULL THEN 'not_enrolled' ELSE "
    "'enrolled' END)";

/// Above every text that begins with `beginning`.
std::string end_of(const std::string& beginning) {
    return beginning + "\xF4\x8F\xBF\xBF";
}

std::string_view sort_expression(SubjectSort sort) {
    return sort == SubjectSort::enrolled_at ? "COALESCE(s.enrolled_at, 0)" : "COALESCE(s.last_passed_at, 0)";
}

Result<std::int64_t> number_of(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size())
        return fail(ErrorCode::invalid_argument, "not a position of this list");
    return number;
}

/// What a query walks: the order of the list, or first the few rows that the search or the model picks.
enum class Walk { order, matches, model };

/// A table of the subjects with an active credential of the model that is asked for, to walk first.
void add_of_model(QueryText& query, const TenantId& tenant, const SubjectFilter& filter) {
    query.add("(SELECT DISTINCT subject_id FROM credential WHERE tenant_id = ").bind(tenant);
    query.add(" AND model = ").bind(filter.model).add(" AND state = 'active') m CROSS JOIN ");
}

/// Conditions on the subject's own columns, and on the model where it is not what is walked. `keep_index`:
/// the order's index must be walked, so a status that most subjects have is only looked at, not searched for.
void add_filters(QueryText& query, const SubjectFilter& filter, Walk walk, bool keep_index) {
    if (filter.status) {
        const bool hide = keep_index && *filter.status == SubjectStatus::enrolled;
        query.add(" AND ").add(hide ? "COALESCE(" : "").add(kStatus).add(hide ? ", '')" : "").add(" = ");
        query.bind(to_string(*filter.status));
    }
    if (filter.integration) {
        const bool hide = keep_index || filter.status.has_value();
        query.add(hide ? " AND COALESCE(s.integration_id, '') = " : " AND s.integration_id = ");
        query.bind(*filter.integration);
    }
    if (filter.model.empty()) return;
    if (walk == Walk::model) {
        query.add(" AND s.subject_id = m.subject_id");
    } else {
        query.add(
            " AND EXISTS (SELECT 1 FROM credential c WHERE c.tenant_id = s.tenant_id AND c.subject_id = "
            "s.subject_id AND c.state = 'active' AND c.model = ");
        query.bind(filter.model).add(")");
    }
}

/// Orders by what matched: the term, then the id. A subject with several matching terms counts with the
/// first.
QueryText by_match(const TenantId& tenant, const SubjectFilter& filter,
                   const std::optional<SubjectPosition>& after, int limit, Walk walk) {
    const auto key = domain::search_key(filter.beginning);
    QueryText query("subject.search_match");
    query.add("SELECT ").add(kSubjectColumns).add(", w.term AS position FROM ");
    if (walk == Walk::model) add_of_model(query, tenant, filter);
    query.add("subject_search w CROSS JOIN subject s WHERE w.tenant_id = ").bind(tenant);
    if (walk == Walk::model) query.add(" AND w.subject_id = m.subject_id");
    query.add(" AND s.tenant_id = ").again().add(" AND s.subject_id = w.subject_id AND w.term >= ").bind(key);
    query.add(
        " AND NOT EXISTS (SELECT 1 FROM subject_search e WHERE e.tenant_id = w.tenant_id AND e.subject_id = "
        "w.subject_id AND e.term >= ");
    query.again().add(" AND e.term < w.term) AND w.term < ").bind(end_of(key));
    if (after) {
        query.add(" AND (w.term, w.subject_id) > (").bind(after->key).add(", ").bind(after->id).add(")");
    }
    add_filters(query, filter, walk, true);
    query.add(" ORDER BY w.term, w.subject_id LIMIT ").bind(limit);
    return query;
}

QueryText by_external_id(const TenantId& tenant, const SubjectFilter& filter,
                         const std::optional<SubjectPosition>& after, int limit, Walk walk) {
    QueryText query("subject.search_external_id");
    query.add("SELECT ").add(kSubjectColumns).add(", s.external_id AS position FROM ");
    if (walk == Walk::model) add_of_model(query, tenant, filter);
    query.add("subject s WHERE s.tenant_id = ").bind(tenant);
    if (after) query.add(" AND s.external_id > ").bind(after->key);
    add_filters(query, filter, walk, walk == Walk::model);
    query.add(" ORDER BY s.external_id LIMIT ").bind(limit);
    return query;
}

/// Newest first. Few matches are collected first and sorted; many are met soon along the order.
Result<QueryText> by_time(const TenantId& tenant, const SubjectFilter& filter, SubjectSort sort,
                          const std::optional<SubjectPosition>& after, int limit, Walk walk) {
    const auto time = sort_expression(sort);
    const auto key = domain::search_key(filter.beginning);
    const bool searched = !key.empty();
    QueryText query("subject.search_time");
    query.add("SELECT ").add(kSubjectColumns).add(", ").add(time).add(" AS position FROM ");
    if (walk == Walk::model) add_of_model(query, tenant, filter);
    if (walk == Walk::matches) {
        query.add("(SELECT DISTINCT subject_id FROM subject_search WHERE tenant_id = ").bind(tenant);
        query.add(" AND term >= ").bind(key).add(" AND term < ").bind(end_of(key)).add(") m CROSS JOIN ");
    }
    query.add("subject s WHERE s.tenant_id = ").bind(tenant);
    if (walk == Walk::matches) query.add(" AND s.subject_id = m.subject_id");
    if (searched && walk != Walk::matches) {
        query.add(
            " AND EXISTS (SELECT 1 FROM subject_search e WHERE e.tenant_id = s.tenant_id AND e.subject_id = "
            "s.subject_id AND e.term >= ");
        query.bind(key).add(" AND e.term < ").bind(end_of(key)).add(")");
    }
    if (after) {
        const auto number = CS_TRY(number_of(after->key));
        query.add(" AND (")
            .add(time)
            .add(", s.subject_id) < (")
            .bind(number)
            .add(", ")
            .bind(after->id)
            .add(")");
    }
    add_filters(query, filter, walk, true);
    query.add(" ORDER BY ").add(time).add(" DESC, s.subject_id DESC LIMIT ").bind(limit);
    return query;
}

Result<std::int64_t> only_number(const store::Rows& rows) {
    const auto row = CS_TRY(rows.one());
    return row.integer(0);
}

Result<std::int64_t> count_matches(store::Session& session, const TenantId& tenant, const std::string& key,
                                   int limit) {
    QueryText query("subject.count_matches");
    query.add(
        "SELECT COUNT(*) FROM (SELECT DISTINCT subject_id FROM (SELECT subject_id FROM subject_search WHERE "
        "tenant_id = ");
    query.bind(tenant).add(" AND term >= ").bind(key).add(" AND term < ").bind(end_of(key));
    query.add(" LIMIT ").bind(limit).add(") t) m");
    const auto rows = CS_TRY(query.run(session));
    return only_number(rows);
}

Result<std::int64_t> count_of_model(store::Session& session, const TenantId& tenant, const std::string& model,
                                    int limit) {
    QueryText query("subject.count_of_model");
    query.add("SELECT COUNT(*) FROM (SELECT 1 FROM credential WHERE ");
    query.add("tenant_id = ")
        .bind(tenant)
        .add(" AND model = ")
        .bind(model)
        .add(" AND state = 'active' LIMIT ");
    query.bind(limit).add(") c");
    const auto rows = CS_TRY(query.run(session));
    return only_number(rows);
}

/// The model first when few have it; then, for the dates, what was typed when few match it.
Result<Walk> choose_walk(store::Session& session, const TenantId& tenant, const SubjectFilter& filter,
                         const std::string& key, bool by_number) {
    if (!filter.model.empty()) {
        const auto holders = CS_TRY(count_of_model(session, tenant, filter.model, kFewMatches + 1));
        if (holders <= kFewMatches) return Walk::model;
    }
    if (!by_number || key.empty()) return Walk::order;
    const auto matches = CS_TRY(count_matches(session, tenant, key, kFewMatches + 1));
    return matches <= kFewMatches ? Walk::matches : Walk::order;
}

Result<domain::FoundSubject> read_found(const store::Row& row, bool by_number) {
    domain::FoundSubject found;
    found.subject = CS_TRY(read_subject(row));
    found.position.id = found.subject.id.text();
    if (by_number) {
        found.position.key = std::to_string(CS_TRY(row.integer("position")));
    } else {
        found.position.key = CS_TRY(row.text("position"));
    }
    return found;
}

}  // namespace

Result<std::vector<domain::FoundSubject>> SqlSubjectRepository::search(
    const TenantId& tenant, const SubjectFilter& filter, SubjectSort sort,
    const std::optional<SubjectPosition>& after, int limit) {
    const bool by_number = sort != SubjectSort::external_id;
    const auto key = domain::search_key(filter.beginning);
    const auto walk = CS_TRY(choose_walk(session_, tenant, filter, key, by_number));
    store::Rows rows;
    if (by_number) {
        const auto query = CS_TRY(by_time(tenant, filter, sort, after, limit, walk));
        rows = CS_TRY(query.run(session_));
    } else {
        const auto query = key.empty() ? by_external_id(tenant, filter, after, limit, walk)
                                       : by_match(tenant, filter, after, limit, walk);
        rows = CS_TRY(query.run(session_));
    }
    std::vector<domain::FoundSubject> found;
    for (const auto& row : rows)
        found.push_back(CS_TRY(read_found(row, by_number)));
    return found;
}

Result<std::optional<std::int64_t>> SqlSubjectRepository::count(const TenantId& tenant,
                                                                const SubjectFilter& filter) {
    using Count = std::optional<std::int64_t>;
    const auto key = domain::search_key(filter.beginning);
    const int conditions =
        (filter.status ? 1 : 0) + (filter.integration ? 1 : 0) + (filter.model.empty() ? 0 : 1);
    if (conditions + (key.empty() ? 0 : 1) > 1) return Count();
    if (!key.empty()) {
        const auto matches = CS_TRY(count_matches(session_, tenant, key, kFewMatches + 1));
        return matches > kFewMatches ? Count() : Count(matches);
    }
    if (!filter.model.empty()) {
        const auto holders = CS_TRY(count_of_model(session_, tenant, filter.model, kCountLimit + 1));
        return holders > kCountLimit ? Count() : Count(holders);
    }
    QueryText query("subject.count");
    query.add("SELECT COUNT(*) FROM (SELECT 1 FROM subject s WHERE s.tenant_id = ").bind(tenant);
    add_filters(query, filter, Walk::order, false);
    query.add(" LIMIT ").bind(kCountLimit + 1).add(") c");
    const auto rows = CS_TRY(query.run(session_));
    const auto count = CS_TRY(only_number(rows));
    return count > kCountLimit ? Count() : Count(count);
}

Result<std::int64_t> SqlSubjectRepository::count_enrolled(const TenantId& tenant) {
    QueryText query("subject.count_enrolled");
    query.add("SELECT COUNT(*) FROM subject s WHERE s.tenant_id = ").bind(tenant);
    query.add(" AND COALESCE(s.enrolled_at, 0) > 0");
    const auto rows = CS_TRY(query.run(session_));
    return only_number(rows);
}

}  // namespace countersign::persistence
