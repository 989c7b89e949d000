#include "evaluation/presentation_report.hpp"

#include <set>

namespace countersign::evaluation {
namespace {

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
            {"nonresponse", json::object{{"apnrr", rates.apnrr.value()}, {"bpnrr", rates.bpnrr.value()}}},
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
    out += fmt::format("  APNRR {:<16} {}", "", percent(rates.apnrr, std::nullopt));
    out += fmt::format("  BPNRR {:<16} {}", "", percent(rates.bpnrr, std::nullopt));
    return out + fmt::format("  AUC   {:<16} {:>8.4f}\n", "", rates.auc);
}

PadFigures figures_of(const std::vector<Judged>& judged, const ParallelFor& parallel) {
    return {pad_rates(judged), pad_bootstrap(judged, parallel)};
}

}  // namespace

PadReport summarise(const std::vector<Presentation>& list, const PictureScores& scores,
                    const face::LivenessPoint& point, const ParallelFor& parallel) {
    PadReport report;
    report.point = point;
    report.without_face = scores.without_face;
    report.unreadable = scores.unreadable;
    report.videos = scores.videos;
    std::set<std::string> subjects;
    for (const Presentation& each : list)
        subjects.insert(each.subject);
    report.subjects = subjects.size();
    report.pictures = figures_of(judge_pictures(list, scores, point), parallel);
    const auto clips = judge_clips(list, scores, point);
    if (!clips.empty()) report.clips = figures_of(clips, parallel);
    return report;
}

json::object to_json(const PadReport& report, const Provenance& provenance) {
    json::object document = to_json(report.pictures);
    json::object& nonresponse = document["nonresponse"].as_object();
    nonresponse["without_face"] = report.without_face;
    nonresponse["unreadable"] = report.unreadable;
    nonresponse["videos"] = report.videos;
    document["n"].as_object()["subjects"] = report.subjects;
    if (report.clips) document["clips"] = to_json(*report.clips);
    document["threshold"] = report.point.threshold;
    document["least_frames"] = report.point.least_frames;
    for (auto& [key, value] : to_json(provenance))
        document[key] = std::move(value);
    return document;
}

std::string to_text(const PadReport& report, const Provenance& provenance) {
    std::string out = fmt::format("{} live and {} attack pictures of {} subjects, p(live) at least {:.3f}\n",
                                  report.pictures.rates.bpnrr.trials, report.pictures.rates.apnrr.trials,
                                  report.subjects, report.point.threshold);
    out += fmt::format("Without response: {} without a face, {} unreadable, {} videos\n", report.without_face,
                       report.unreadable, report.videos);
    if (report.videos > 0)
        out += "Videos are not evaluated and count as non-response: list their frames instead.\n";
    out += "\n" + lines_of(report.pictures);
    if (report.clips) {
        out += fmt::format("\nPer clip: median of at least {} frames\n", report.point.least_frames);
        out += lines_of(*report.clips);
    }
    out += fmt::format("\ndata    {}\n", provenance.data);
    for (const auto& model : provenance.models)
        out += fmt::format("model   {:<10} {} {}\n", model.role, model.id, model.sha256.substr(0, 12));
    return out;
}

}  // namespace countersign::evaluation
