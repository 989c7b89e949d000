#include "evaluation/tuning.hpp"

#include <algorithm>
#include <array>

namespace countersign::evaluation {
namespace {

using Capture = std::array<std::size_t, kFramesPerCapture>;
constexpr double kPairs = kFramesPerCapture * kFramesPerCapture;

std::vector<Capture> captures_of(const ComparisonList& list, const std::vector<bool>& has_template) {
    std::map<std::string, std::vector<std::size_t>> waiting;
    std::vector<Capture> captures;
    for (std::size_t i = 0; i < list.pictures.size(); ++i) {
        if (!has_template[i]) continue;
        auto& pictures = waiting[list.pictures[i].subject];
        pictures.push_back(i);
        if (pictures.size() < kFramesPerCapture) continue;
        Capture& capture = captures.emplace_back();
        std::ranges::copy(pictures, capture.begin());
        pictures.clear();
    }
    return captures;
}

ComparisonList list_of(const std::vector<Capture>& captures, const ComparisonList& pictures) {
    ComparisonList list;
    list.all_pairs = true;
    for (const Capture& capture : captures) {
        const ListedPicture& first = pictures.pictures[capture.front()];
        list.pictures.push_back({first.path, first.subject, {}});
    }
    return list;
}

/// The server's score of one capture against another as its references (face/engine/comparison).
Result<double> fused(const Capture& probes, const Capture& references, const Similarity& similarity) {
    double sum = 0;
    for (const std::size_t probe : probes) {
        double best = -1;
        for (const std::size_t reference : references)
            best = std::max(best, CS_TRY(similarity(probe, reference)));
        sum += best;
    }
    return sum / static_cast<double>(probes.size());
}

/// `share`: of a rate, at which its threshold is read off.
Tuning propose(const ComparisonList& list, const std::vector<bool>& present, const ScoreSet& scores,
               double target_fmr, double share, const ParallelFor& parallel) {
    std::vector<double> rates;
    for (const double fmr : kReportedFmr) {
        if (fmr > target_fmr * 1.001) rates.push_back(fmr);
    }
    rates.push_back(target_fmr);
    const ErrorCurves curves(scores.genuine_histogram, scores.impostor_histogram);
    Tuning tuning;
    for (const double fmr : rates) {
        const std::size_t bin = curves.bin_at_fmr(fmr * share);
        TunedThreshold point{fmr, Histogram::edge(bin), {}, curves.fmr(bin), curves.fnmr(bin)};
        const bool stricter = tuning.points.empty() || point.threshold > tuning.points.back().threshold;
        if (stricter || fmr <= target_fmr) tuning.points.push_back(point);
    }
    const auto intervals = bootstrap(list, present, scores, {target_fmr * share}, parallel);
    if (!intervals.threshold_at_fmr.empty())
        tuning.points.back().by_subject = intervals.threshold_at_fmr.begin()->second;
    return tuning;
}

/// A looser rate whose threshold is as high as the target's would say nothing new, and a file may not hold
/// it.
void drop_equal_thresholds(std::vector<TunedThreshold>& points) {
    const double strictest = points.back().threshold;
    std::erase_if(points, [&](const TunedThreshold& point) {
        return point.threshold <= 0 || (&point != &points.back() && point.threshold >= strictest);
    });
}

json::array numbers_of(const std::vector<TunedThreshold>& points, double TunedThreshold::* member) {
    json::array numbers;
    for (const TunedThreshold& point : points)
        numbers.emplace_back(point.*member);
    return numbers;
}

std::string list_of(const std::vector<TunedThreshold>& points, double TunedThreshold::* member) {
    std::vector<std::string> texts;
    for (const TunedThreshold& point : points)
        texts.push_back(fmt::format("{:.6g}", point.*member));
    return fmt::format("[{}]", fmt::join(texts, ", "));
}

std::string embedding_hash(const Provenance& provenance) {
    for (const auto& model : provenance.models) {
        if (model.role == "embedding") return model.sha256;
    }
    return {};
}

}  // namespace

std::string_view to_string(TuningBasis basis) {
    return basis == TuningBasis::captures ? "captures" : "single_pictures";
}

Result<Tuning> tune(const ComparisonList& list, const std::vector<bool>& has_template,
                    const Similarity& similarity, double target_fmr, const ParallelFor& parallel,
                    const Progress& progress) {
    const auto captures = captures_of(list, has_template);
    const ComparisonList capture_list = list_of(captures, list);
    const std::vector<bool> all(captures.size(), true);
    const auto either_way = [&](std::size_t a, std::size_t b) -> Result<double> {
        const double forward = CS_TRY(fused(captures[a], captures[b], similarity));
        const double backward = CS_TRY(fused(captures[b], captures[a], similarity));
        return std::max(forward, backward);
    };
    const auto of_captures = CS_TRY(compare(capture_list, all, either_way, parallel, progress));
    const std::uint64_t trials = of_captures.impostor_histogram.total();
    Tuning tuning;
    if (supports(trials, target_fmr)) {
        tuning = propose(capture_list, all, of_captures, target_fmr, 1, parallel);
    } else {
        const auto singles = CS_TRY(compare(list, has_template, similarity, parallel, progress));
        const std::uint64_t pairs = singles.impostor_histogram.total();
        if (!supports(pairs, target_fmr / kPairs)) {
            return fail(
                ErrorCode::invalid_argument,
                fmt::format("an FMR of {:g} needs {} impostor comparisons of captures (three pictures "
                            "of a person each; the list makes {}) or {} of single pictures (it makes {})",
                            target_fmr, impostors_needed(target_fmr), trials,
                            impostors_needed(target_fmr / kPairs), pairs));
        }
        tuning = propose(list, has_template, singles, target_fmr, 1 / kPairs, parallel);
        tuning.basis = TuningBasis::single_pictures;
    }
    drop_equal_thresholds(tuning.points);
    if (!tuning.points.empty() && tuning.points.back().threshold < 1) return tuning;
    return fail(ErrorCode::invalid_argument, "no threshold between 0 and 1 keeps that FMR on this list");
}

std::string to_toml(const Tuning& tuning, const Provenance& provenance) {
    const TunedThreshold& target = tuning.points.back();
    std::string out = fmt::format(
        "# Match thresholds for `face.policy`, written by: {}\n# {}\n# At {:.4f}: {} false matches of {} "
        "comparisons ({}), 95 % {:.3g} to {:.3g}.\n",
        provenance.command, provenance.data, target.threshold, target.false_match.errors,
        target.false_match.trials, to_string(tuning.basis), clopper_pearson(target.false_match).low,
        clopper_pearson(target.false_match).high);
    if (target.by_subject)
        out += fmt::format("# 95 % interval of the threshold, by subject: {:.4f} to {:.4f}.\n",
                           target.by_subject->low, target.by_subject->high);
    out += fmt::format("schema = 1\nembedding_sha256 = \"{}\"\n", embedding_hash(provenance));
    out += fmt::format("calibration_fmr = {}\n", list_of(tuning.points, &TunedThreshold::fmr));
    return out +
           fmt::format("calibration_threshold = {}\n", list_of(tuning.points, &TunedThreshold::threshold));
}

json::object to_json(const Tuning& tuning, const Provenance& provenance) {
    const TunedThreshold& target = tuning.points.back();
    const Interval false_match = clopper_pearson(target.false_match);
    json::object document{{"schema", 1},
                          {"embedding_sha256", embedding_hash(provenance)},
                          {"calibration_fmr", numbers_of(tuning.points, &TunedThreshold::fmr)},
                          {"calibration_threshold", numbers_of(tuning.points, &TunedThreshold::threshold)},
                          {"fmr", target.fmr},
                          {"threshold", target.threshold},
                          {"basis", to_string(tuning.basis)},
                          {"impostor", target.false_match.trials},
                          {"genuine", target.false_non_match.trials},
                          {"fnmr", target.false_non_match.value()}};
    json::object ci{{"confidence", 0.95}, {"fmr", json::array{false_match.low, false_match.high}}};
    if (target.by_subject) ci["threshold"] = json::array{target.by_subject->low, target.by_subject->high};
    document["ci"] = std::move(ci);
    for (auto& [key, value] : to_json(provenance))
        document[key] = std::move(value);
    return document;
}

std::string to_text(const Tuning& tuning) {
    const TunedThreshold& target = tuning.points.back();
    std::string out = fmt::format("Threshold {:.4f} for an FMR of {:g}", target.threshold, target.fmr);
    if (target.by_subject)
        out +=
            fmt::format(", 95 % by subject {:.4f}–{:.4f}", target.by_subject->low, target.by_subject->high);
    out += fmt::format("\nFrom {} impostor comparisons ({}), {} of them false matches at it\n",
                       target.false_match.trials, to_string(tuning.basis), target.false_match.errors);
    if (target.false_non_match.trials > 0)
        out += fmt::format("FNMR there {:.3g} % of {} genuine comparisons\n",
                           100 * target.false_non_match.value(), target.false_non_match.trials);
    return out;
}

}  // namespace countersign::evaluation
