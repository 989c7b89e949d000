#include "evaluation/html_report.hpp"

#include "evaluation/html_page.hpp"
#include "evaluation/svg.hpp"

namespace countersign::evaluation {
namespace {

using Rows = std::vector<std::vector<std::string>>;

constexpr std::size_t kCurvePoints = 1000;

std::string plots(std::string_view first_title, const std::string& first, std::string_view second_title,
                  const std::string& second) {
    return fmt::format(
        "<div class=\"plots\"><section><h2>{}</h2>{}</section>\n<section><h2>{}</h2>{}</section></div>\n",
        first_title, first, second_title, second);
}

std::string section(std::string_view title, std::string_view content, std::string_view remark = "") {
    return fmt::format("<section><h2>{}</h2>\n{}<p class=\"soft\">{}</p></section>\n", title, content,
                       remark);
}

std::vector<Headline> headlines(const VerificationReport& report) {
    std::vector<Headline> all;
    if (!report.points.empty()) {
        const OperatingPoint* strictest = &report.points.front();
        for (const OperatingPoint& point : report.points) {
            if (point.rule_of_30) strictest = &point;
        }
        all.push_back({percent_text(strictest->false_non_match.value()),
                       "FNMR at FMR " + fmr_key(strictest->fmr),
                       percent_text(clopper_pearson(strictest->false_non_match)) + ", 95 %"});
    }
    all.push_back({percent_text(report.equal_error.rate), "Equal error rate",
                   fmt::format("at {:.4f}", Histogram::edge(report.equal_error.bin))});
    all.push_back(
        {percent_text(report.failure_to_enrol.value()), "Failure to enrol",
         fmt::format("{} of {} pictures", report.failure_to_enrol.errors, report.failure_to_enrol.trials)});
    return all;
}

std::string point_table(const VerificationReport& report) {
    Rows rows{{"FMR", "Threshold", "FNMR", "95 %, independent", "95 %, by subject", "FNMR with failures",
               "FMR measured", "Support"}};
    for (const OperatingPoint& point : report.points) {
        const auto found = report.intervals.fnmr_at_fmr.find(fmr_key(point.fmr));
        const bool there = found != report.intervals.fnmr_at_fmr.end();
        rows.push_back({fmr_key(point.fmr), fmt::format("{:.4f}", point.threshold),
                        percent_text(point.false_non_match.value()),
                        percent_text(clopper_pearson(point.false_non_match)),
                        there ? percent_text(found->second) : "–", percent_text(point.with_failures.value()),
                        percent_text(clopper_pearson(point.false_match)),
                        point.rule_of_30 ? "30 false matches or more" : "few false matches: indicative"});
    }
    for (const double fmr : report.unsupported)
        rows.push_back({fmr_key(fmr), "–", "–", "–", "–", "–", "–",
                        fmt::format("needs {:.0f} impostor comparisons", 1 / fmr)});
    return html_table(rows);
}

std::string group_section(const VerificationReport& report) {
    if (report.groups.empty()) return {};
    Rows rows{{"Group", "At FMR", "FMR", "Impostor", "FNMR", "95 %", "Genuine"}};
    for (const GroupRow& row : report.groups) {
        rows.push_back({row.column + " = " + row.value, fmr_key(row.fmr),
                        percent_text(row.false_match.value()), fmt::format("{}", row.false_match.trials),
                        percent_text(row.false_non_match.value()),
                        percent_text(clopper_pearson(row.false_non_match)),
                        fmt::format("{}", row.false_non_match.trials)});
    }
    return section("By group", html_table(rows), "Every group at the thresholds of the whole list.");
}

std::string worst_section(std::string_view title, const std::vector<Comparison>& worst,
                          const ComparisonList& list) {
    Rows rows{{"Score", "Picture", "Picture"}};
    for (const Comparison& each : worst)
        rows.push_back(
            {fmt::format("{:.4f}", each.score), list.pictures[each.a].path, list.pictures[each.b].path});
    return section(title, html_table(rows));
}

std::string det_plot(const VerificationReport& report, const ErrorCurves& curves) {
    std::vector<NamedRates> marks;
    for (const OperatingPoint& point : report.points)
        marks.push_back({fmr_key(point.fmr), {point.false_match.value(), point.false_non_match.value()}});
    return det_curve_svg(curves.det(kCurvePoints), marks);
}

std::string histogram_plot(const VerificationReport& report, const ScoreSet& scores) {
    std::vector<NamedScore> thresholds;
    for (const OperatingPoint& point : report.points)
        thresholds.push_back({fmr_key(point.fmr), point.threshold});
    return score_histogram_svg(scores.genuine_histogram, scores.impostor_histogram, thresholds);
}

std::string summary_of(const VerificationReport& report, const ComparisonList& list, const ScoreSet& scores) {
    std::string out = fmt::format(
        "<p class=\"soft\">{} pictures of {} subjects, {} genuine and {} impostor comparisons of single "
        "pictures</p>\n",
        list.pictures.size(), report.subjects, scores.genuine_histogram.total(),
        scores.impostor_histogram.total());
    if (report.folds) {
        out += fmt::format(
            "<p class=\"soft\">Accuracy over {} folds, each at the others’ best threshold: {:.2f} ± {:.2f} "
            "%</p>\n",
            report.folds->folds, 100 * report.folds->mean, 100 * report.folds->deviation);
    }
    return out;
}

std::vector<std::string> rate_row(std::string name, const Rate& rate,
                                  const std::optional<Interval>& by_subject) {
    return {std::move(name), percent_text(rate.value()), fmt::format("{} of {}", rate.errors, rate.trials),
            percent_text(clopper_pearson(rate)), by_subject ? percent_text(*by_subject) : "–"};
}

std::string pad_table(const PadFigures& figures) {
    const PadRates& rates = figures.rates;
    Rows rows{{"Rate", "Value", "Errors", "95 %, independent", "95 %, by subject"}};
    for (const auto& [species, rate] : rates.apcer) {
        const auto found = figures.intervals.apcer.find(species);
        const bool there = found != figures.intervals.apcer.end();
        rows.push_back(
            rate_row("APCER, " + species, rate, there ? std::optional(found->second) : std::nullopt));
    }
    rows.push_back(rate_row("BPCER", rates.bpcer, figures.intervals.bpcer));
    rows.push_back(rate_row("APNRR: attacks without response", rates.apnrr, std::nullopt));
    rows.push_back(rate_row("BPNRR: live without response", rates.bpnrr, std::nullopt));
    return html_table(rows);
}

std::string error_section(std::string_view title, const std::vector<Judged>& errors) {
    if (errors.empty()) return {};
    Rows rows{{"p(live)", "Presentation", "Species", "Subject"}};
    for (const Judged& each : errors)
        rows.push_back({fmt::format("{:.4f}", *each.score), each.name, each.species, each.subject});
    return section(title, html_table(rows));
}

}  // namespace

std::string to_html(const VerificationReport& report, const ComparisonList& list, const ScoreSet& scores,
                    const Provenance& provenance) {
    const ErrorCurves curves(scores.genuine_histogram, scores.impostor_histogram);
    std::string body = summary_of(report, list, scores) + html_headlines(headlines(report));
    body += section(
        "Error rates", point_table(report),
        fmt::format(
            "Thresholds are resolved to 0.0001. Of the intervals, Clopper-Pearson takes comparisons for "
            "independent; the bootstrap draws subjects ({} replicates, seed {}). With failures: a "
            "genuine pair without a template counts as a non-match.",
            kReplicates, kBootstrapSeed));
    body += plots("DET curve", det_plot(report, curves), "Scores", histogram_plot(report, scores));
    body += group_section(report);
    body += worst_section("Genuine pairs with the lowest scores", report.worst_genuine, list);
    body += worst_section("Impostor pairs with the highest scores", report.worst_impostor, list);
    body += html_failures(report.failures) + html_made_with(provenance);
    return html_page("Face verification report", body);
}

std::string to_html(const PadReport& report, const std::vector<Judged>& judged,
                    const Provenance& provenance) {
    const PadRates& rates = report.presentations.rates;
    std::string body = fmt::format(
        "<p class=\"soft\">{} live and {} attack presentations of {} subjects; called live when the median "
        "of "
        "p(live) is at least {:.3f}</p>\n",
        rates.bpnrr.trials, rates.apnrr.trials, report.subjects, report.point.threshold);
    body += html_headlines(
        {{percent_text(rates.worst().value()), "APCER, worst species", rates.worst_species},
         {percent_text(rates.bpcer.value()), "BPCER", percent_text(clopper_pearson(rates.bpcer)) + ", 95 %"},
         {fmt::format("{:.4f}", rates.auc), "AUC", "live above attack"}});
    body += section("Error rates at the operating point", pad_table(report.presentations),
                    "Rates are over presentations that got a response.");
    body += plots(
        "Trade-off",
        pad_curve_svg(report.curve, {report.point.threshold, rates.worst().value(), rates.bpcer.value()}),
        "Scores", pad_histogram_svg(judged, report.point.threshold));
    if (report.rows) body += section("Each row by itself", pad_table(*report.rows));
    body += error_section("Attacks called live", report.accepted_attacks);
    body += error_section("Live presentations refused", report.refused_live);
    body += html_failures(report.failures) + html_made_with(provenance);
    return html_page("Attack detection report", body);
}

}  // namespace countersign::evaluation
