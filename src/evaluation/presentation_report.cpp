#include "evaluation/presentation_report.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <utility>

namespace countersign::evaluation {
namespace {

/// BPCER10, BPCER20 and BPCER100 of ISO/IEC 30107-3, by the APCER they are read at.
constexpr std::array<std::pair<std::string_view, double>, 3> kReportedApcer{
    {{"0.1", 0.1}, {"0.05", 0.05}, {"0.01", 0.01}}};

/// The rate when every non-response of a live presentation counts as a refusal.
Rate with_nonresponse(const PadRates& rates) {
    return {rates.bpcer.errors + rates.bpnrr.errors, rates.bpnrr.trials};
}

json::value pair_of(const Interval& interval) {
    return json::array{interval.low, interval.high};
}

json::object intervals_of(const Rate& rate, const std::optional<Interval>& by_subject) {
    json::object both{{"clopper_pearson", pair_of(clopper_pearson(rate))},
                      {"upper_bound_one_sided", upper_bound(rate)}};
    if (by_subject) both["bootstrap"] = pair_of(*by_subject);
    return both;
}

std::optional<Interval> find(const std::map<std::string, Interval>& intervals, const std::string& key) {
    const auto found = intervals.find(key);
    if (found == intervals.end()) return std::nullopt;
    return found->second;
}

json::object to_json(const PadFigures& figures) {
    const PadRates& rates = figures.rates;
    json::object species;
    json::object species_ci;
    json::object attacks;
    for (const auto& [name, rate] : rates.apcer) {
        species[name] = rate.value();
        species_ci[name] = intervals_of(rate, find(figures.intervals.apcer, name));
        attacks[name] = rate.trials;
    }
    json::object ci{{"confidence", 0.95},
                    {"apcer", json::object{{"worst", intervals_of(rates.worst(), figures.intervals.worst)},
                                           {"species", std::move(species_ci)}}},
                    {"bpcer", intervals_of(rates.bpcer, figures.intervals.bpcer)}};
    if (figures.intervals.auc) ci["auc"] = json::object{{"bootstrap", pair_of(*figures.intervals.auc)}};
    return {{"apcer", json::object{{"worst", rates.worst().value()},
                                   {"worst_species", rates.worst_species},
                                   {"species", std::move(species)}}},
            {"bpcer", rates.bpcer.value()},
            {"auc", rates.auc},
            {"nonresponse", json::object{{"apnrr", rates.apnrr.value()},
                                         {"bpnrr", rates.bpnrr.value()},
                                         {"bpcer_with_nonresponse", with_nonresponse(rates).value()}}},
            {"ci", std::move(ci)},
            {"n", json::object{{"live", rates.bpnrr.trials},
                               {"attack", rates.apnrr.trials},
                               {"live_with_response", rates.bpcer.trials},
                               {"attack_with_response", std::move(attacks)}}}};
}

std::string percent(const Rate& rate, const std::optional<Interval>& by_subject) {
    const Interval exact = clopper_pearson(rate);
    std::string out = fmt::format("{:>6.2f} %  {:>5} of {:<6} 95 % {:.2f}–{:.2f} %", 100 * rate.value(),
                                  rate.errors, rate.trials, 100 * exact.low, 100 * exact.high);
    if (by_subject)
        out += fmt::format(", by subject {:.2f}–{:.2f} %", 100 * by_subject->low, 100 * by_subject->high);
    return out + "\n";
}

std::string lines_of(const PadFigures& figures) {
    const PadRates& rates = figures.rates;
    std::string out = fmt::format("APCER, worst species ({}): {}", rates.worst_species,
                                  percent(rates.worst(), figures.intervals.worst));
    for (const auto& [name, rate] : rates.apcer)
        out += fmt::format("  APCER {:<16} {}", name, percent(rate, find(figures.intervals.apcer, name)));
    out += fmt::format("  BPCER {:<16} {}", "", percent(rates.bpcer, figures.intervals.bpcer));
    out += fmt::format("  BPCER {:<16} {}", "with BPNRR", percent(with_nonresponse(rates), std::nullopt));
    out += fmt::format("  APNRR {:<16} {}", "", percent(rates.apnrr, std::nullopt));
    out += fmt::format("  BPNRR {:<16} {}", "", percent(rates.bpnrr, std::nullopt));
    return out + fmt::format("  AUC   {:<16} {:>8.4f}\n", "", rates.auc);
}

PadFigures figures_of(const std::vector<Judged>& judged, const ParallelFor& parallel) {
    return {pad_rates(judged), pad_bootstrap(judged, parallel)};
}

/// The errors at the operating point, the clearest first.
std::vector<Judged> errors_of(std::vector<Judged> judged, bool live) {
    constexpr std::size_t kMost = 10;
    std::erase_if(judged, [&](const Judged& each) {
        return each.live != live || !each.score || each.accepted == live;
    });
    std::ranges::sort(judged, [&](const Judged& a, const Judged& b) {
        return live ? *a.score < *b.score : *a.score > *b.score;
    });
    judged.resize(std::min(judged.size(), kMost));
    return judged;
}

json::array to_json(const std::vector<Judged>& errors) {
    json::array rows;
    for (const Judged& each : errors) {
        rows.push_back(json::object{{"name", each.name},
                                    {"species", each.species},
                                    {"subject", each.subject},
                                    {"score", *each.score}});
    }
    return rows;
}

/// JSON has no infinity: where only refusing everything keeps the rate, there is no threshold.
json::value threshold_of(const PadPoint& point) {
    if (std::isinf(point.threshold)) return nullptr;
    return point.threshold;
}

json::object trade_off(const std::vector<PadPoint>& curve) {
    json::object bpcer;
    json::object thresholds;
    for (const auto& [key, apcer] : kReportedApcer) {
        const auto point = at_apcer(curve, apcer);
        if (!point) continue;
        bpcer[key] = point->bpcer;
        thresholds[key] = threshold_of(*point);
    }
    json::object all{{"bpcer_at_apcer", std::move(bpcer)}, {"threshold_at_apcer", std::move(thresholds)}};
    if (const auto equal = equal_point(curve)) all["deer"] = (equal->apcer + equal->bpcer) / 2;
    return all;
}

std::string trade_off_lines(const std::vector<PadPoint>& curve) {
    std::string out;
    for (const auto& [key, apcer] : kReportedApcer) {
        const auto point = at_apcer(curve, apcer);
        if (!point) continue;
        out += fmt::format("  BPCER {:>6.2f} % where APCER is at most {:.0f} %, threshold {}\n",
                           100 * point->bpcer, 100 * apcer,
                           std::isinf(point->threshold) ? "none" : fmt::format("{:.4f}", point->threshold));
    }
    return out.empty() ? out : "\nTrade-off, worst species at each threshold\n" + out;
}

std::string error_lines(std::string_view title, const std::vector<Judged>& errors) {
    if (errors.empty()) return {};
    std::string out = fmt::format("\n{}\n", title);
    for (const Judged& each : errors)
        out += fmt::format("  {:.4f}  {}\n", *each.score, each.name);
    return out;
}

}  // namespace

PadReport summarise(const std::vector<Presentation>& list, const PresentationScores& scores,
                    const face::LivenessPoint& point, const ParallelFor& parallel) {
    PadReport report;
    report.point = point;
    report.listed = list.size();
    report.without_face = scores.without_face;
    report.unreadable = scores.unreadable;
    report.videos = scores.videos;
    report.failures = scores.failures;
    std::set<std::string> subjects;
    for (const Presentation& each : list)
        subjects.insert(each.subject);
    report.subjects = subjects.size();
    const auto judged = judge_presentations(list, scores, point);
    report.presentations = figures_of(judged, parallel);
    report.curve = pad_curve(judged);
    report.accepted_attacks = errors_of(judged, false);
    report.refused_live = errors_of(judged, true);
    const bool has_clips =
        std::ranges::any_of(list, [](const Presentation& each) { return !each.clip.empty(); });
    if (has_clips) report.rows = figures_of(judge_rows(list, scores, point), parallel);
    return report;
}

json::object to_json(const PadReport& report, const Provenance& provenance) {
    json::object document = to_json(report.presentations);
    json::object& nonresponse = document["nonresponse"].as_object();
    nonresponse["without_face"] = report.without_face;
    nonresponse["unreadable"] = report.unreadable;
    json::object& n = document["n"].as_object();
    n["subjects"] = report.subjects;
    n["rows"] = report.listed;
    n["videos"] = report.videos;
    if (report.rows) document["rows"] = to_json(*report.rows);
    document["trade_off"] = trade_off(report.curve);
    document["threshold"] = report.point.threshold;
    document["least_frames"] = report.point.least_frames;
    document["worst"] = json::object{{"accepted_attacks", to_json(report.accepted_attacks)},
                                     {"refused_live", to_json(report.refused_live)}};
    document["failures"] = to_json(report.failures);
    for (auto& [key, value] : to_json(provenance))
        document[key] = std::move(value);
    return document;
}

std::string to_text(const PadReport& report, const Provenance& provenance) {
    const PadRates& rates = report.presentations.rates;
    std::string out = fmt::format(
        "{} live and {} attack presentations of {} subjects ({} rows, {} of them videos)\n"
        "Called live when the median of p(live) is at least {:.3f}; a video or clip needs {} frames with a "
        "face\n"
        "Rows without a face: {}, unreadable: {}\n\n",
        rates.bpnrr.trials, rates.apnrr.trials, report.subjects, report.listed, report.videos,
        report.point.threshold, report.point.least_frames, report.without_face, report.unreadable);
    out += lines_of(report.presentations) + trade_off_lines(report.curve);
    if (report.rows) out += "\nEach row by itself\n" + lines_of(*report.rows);
    out += error_lines("Attacks called live, highest p(live) first", report.accepted_attacks);
    out += error_lines("Live presentations refused, lowest p(live) first", report.refused_live);
    out += failure_lines("Rows that could not be scored", report.failures);
    return out + to_text(provenance);
}

}  // namespace countersign::evaluation
