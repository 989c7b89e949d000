#include "evaluation/verification_report.hpp"

namespace countersign::evaluation {
namespace {

json::value pair_of(const Interval& interval) {
    return json::array{interval.low, interval.high};
}

json::object intervals_of(const VerificationReport& report) {
    json::object points;
    for (const OperatingPoint& point : report.points) {
        const std::string key = fmr_key(point.fmr);
        json::object both{{"clopper_pearson", pair_of(clopper_pearson(point.false_non_match))},
                          {"fmr_clopper_pearson", pair_of(clopper_pearson(point.false_match))}};
        const auto found = report.intervals.fnmr_at_fmr.find(key);
        if (found != report.intervals.fnmr_at_fmr.end()) both["bootstrap"] = pair_of(found->second);
        both["with_failures_clopper_pearson"] = pair_of(clopper_pearson(point.with_failures));
        points[key] = std::move(both);
    }
    json::object thresholds;
    for (const auto& [key, interval] : report.intervals.threshold_at_fmr)
        thresholds[key] = json::object{{"bootstrap", pair_of(interval)}};
    json::object all{
        {"confidence", 0.95},
        {"bootstrap_replicates", kReplicates},
        {"fnmr_at_fmr", std::move(points)},
        {"threshold_at_fmr", std::move(thresholds)},
        {"fte", json::object{{"clopper_pearson", pair_of(clopper_pearson(report.failure_to_enrol))}}}};
    if (report.intervals.eer) all["eer"] = json::object{{"bootstrap", pair_of(*report.intervals.eer)}};
    return all;
}

json::array groups_of(const VerificationReport& report) {
    json::array rows;
    for (const GroupRow& row : report.groups) {
        rows.push_back(json::object{{"column", row.column},
                                    {"value", row.value},
                                    {"at_fmr", fmr_key(row.fmr)},
                                    {"fmr", row.false_match.value()},
                                    {"fmr_ci", pair_of(clopper_pearson(row.false_match))},
                                    {"impostor", row.false_match.trials},
                                    {"fnmr", row.false_non_match.value()},
                                    {"fnmr_ci", pair_of(clopper_pearson(row.false_non_match))},
                                    {"genuine", row.false_non_match.trials}});
    }
    return rows;
}

json::array worst_of(const std::vector<Comparison>& comparisons, const ComparisonList& list) {
    json::array rows;
    for (const Comparison& each : comparisons) {
        rows.push_back(json::object{
            {"a", list.pictures[each.a].path}, {"b", list.pictures[each.b].path}, {"score", each.score}});
    }
    return rows;
}

std::string percent(double rate) {
    return fmt::format("{:.3g} %", 100 * rate);
}

std::string percent(const Interval& interval) {
    return fmt::format("{:.3g}–{:.3g} %", 100 * interval.low, 100 * interval.high);
}

std::string point_lines(const VerificationReport& report) {
    constexpr std::string_view kRow = "{:<8}{:<12}{:<12}{:<24}{:<18}{}\n";
    std::string out = "\n" + fmt::format(kRow, "FMR", "threshold", "FNMR", "95 % Clopper-Pearson",
                                         "95 % by subject", "with failures");
    bool few = false;
    for (const OperatingPoint& point : report.points) {
        const auto found = report.intervals.fnmr_at_fmr.find(fmr_key(point.fmr));
        const std::string by_subject =
            found == report.intervals.fnmr_at_fmr.end() ? "-" : percent(found->second);
        const std::string fmr = fmr_key(point.fmr) + (point.rule_of_30 ? "" : " *");
        out += fmt::format(kRow, fmr, fmt::format("{:.4f}", point.threshold),
                           percent(point.false_non_match.value()),
                           percent(clopper_pearson(point.false_non_match)), by_subject,
                           percent(point.with_failures.value()));
        few = few || !point.rule_of_30;
    }
    for (const double fmr : report.unsupported)
        out += fmt::format("{:<8}not resolved: needs {:.0f} impostor comparisons, {} for the rule of 30\n",
                           fmr_key(fmr), 1 / fmr, impostors_needed(fmr));
    if (few)
        out += "* rests on fewer than 30 false matches: the true FMR at this threshold may differ widely\n";
    return out;
}

std::string group_lines(const VerificationReport& report) {
    if (report.groups.empty()) return {};
    std::string out = fmt::format("\n{:<28}{:<8}{:<12}{:<12}{:<12}{}\n", "group", "at FMR", "FMR", "impostor",
                                  "FNMR", "genuine");
    for (const GroupRow& row : report.groups) {
        out += fmt::format("{:<28}{:<8}{:<12.2e}{:<12}{:<12}{}\n", row.column + "=" + row.value,
                           fmr_key(row.fmr), row.false_match.value(), row.false_match.trials,
                           percent(row.false_non_match.value()), row.false_non_match.trials);
    }
    return out;
}

}  // namespace

json::object to_json(const Provenance& provenance) {
    json::array models;
    for (const auto& model : provenance.models)
        models.push_back(json::object{{"role", model.role}, {"id", model.id}, {"sha256", model.sha256}});
    return {{"command", provenance.command},
            {"data", provenance.data},
            {"manifest", provenance.manifest},
            {"models", std::move(models)}};
}

std::string to_text(const Provenance& provenance) {
    std::string out = fmt::format("\ndata      {}\nmanifest  {}\n", provenance.data, provenance.manifest);
    for (const auto& model : provenance.models)
        out += fmt::format("model     {:<10} {} {}\n", model.role, model.id, model.sha256.substr(0, 12));
    return out;
}

json::object to_json(const VerificationReport& report, const ComparisonList& list, const ScoreSet& scores,
                     const Provenance& provenance) {
    json::object fnmr;
    json::object thresholds;
    json::object with_failures;
    json::object support;
    for (const OperatingPoint& point : report.points) {
        with_failures[fmr_key(point.fmr)] = point.with_failures.value();
        support[fmr_key(point.fmr)] = point.rule_of_30 ? "rule_of_30" : "resolution";
        fnmr[fmr_key(point.fmr)] = point.false_non_match.value();
        thresholds[fmr_key(point.fmr)] = point.threshold;
    }
    json::array unsupported;
    for (const double fmr : report.unsupported)
        unsupported.push_back(
            json::object{{"fmr", fmr_key(fmr)}, {"impostor_needed", impostors_needed(fmr)}});
    json::object document{{"fnmr_at_fmr", std::move(fnmr)},
                          {"threshold_at_fmr", std::move(thresholds)},
                          {"fnmr_with_failures_at_fmr", std::move(with_failures)},
                          {"support_at_fmr", std::move(support)},
                          {"unsupported_fmr", std::move(unsupported)},
                          {"eer", report.equal_error.rate},
                          {"eer_threshold", Histogram::edge(report.equal_error.bin)},
                          {"fte", report.failure_to_enrol.value()},
                          {"fta", report.failure_to_acquire.value()},
                          {"genuine", scores.genuine_histogram.total()},
                          {"impostor", scores.impostor_histogram.total()},
                          {"genuine_listed", report.genuine_listed},
                          {"pictures", list.pictures.size()},
                          {"subjects", report.subjects},
                          {"ci", intervals_of(report)}};
    if (!report.groups.empty()) document["groups"] = groups_of(report);
    if (report.folds) {
        document["folds"] = json::object{{"count", report.folds->folds},
                                         {"accuracy", report.folds->mean},
                                         {"deviation", report.folds->deviation}};
    }
    document["worst"] = json::object{{"genuine", worst_of(report.worst_genuine, list)},
                                     {"impostor", worst_of(report.worst_impostor, list)}};
    document["failures"] = to_json(report.failures);
    document["skipped_rows"] = list.skipped_rows;
    for (auto& [key, value] : to_json(provenance))
        document[key] = std::move(value);
    return document;
}

std::string to_text(const VerificationReport& report, const ComparisonList& list, const ScoreSet& scores,
                    const Provenance& provenance) {
    std::string out = fmt::format(
        "{} pictures of {} subjects, {} genuine and {} impostor comparisons\n"
        "FTE {} ({} of {} pictures), of which FTA {} ({} unreadable)\n",
        list.pictures.size(), report.subjects, scores.genuine_histogram.total(),
        scores.impostor_histogram.total(), percent(report.failure_to_enrol.value()),
        report.failure_to_enrol.errors, report.failure_to_enrol.trials,
        percent(report.failure_to_acquire.value()), report.failure_to_acquire.errors);
    out += fmt::format("EER {} at threshold {:.4f}{}\n", percent(report.equal_error.rate),
                       Histogram::edge(report.equal_error.bin),
                       report.intervals.eer ? ", 95 % by subject " + percent(*report.intervals.eer) : "");
    if (report.folds) {
        out += fmt::format("Accuracy over {} folds, each at the others' best threshold: {:.2f} ± {:.2f} %\n",
                           report.folds->folds, 100 * report.folds->mean, 100 * report.folds->deviation);
    }
    out += point_lines(report) + group_lines(report) +
           failure_lines("Pictures that gave no template", report.failures);
    return out + to_text(provenance);
}

}  // namespace countersign::evaluation
