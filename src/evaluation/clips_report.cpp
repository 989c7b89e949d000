// How a study of clips is told.
#include "evaluation/clips.hpp"

namespace countersign::evaluation {
namespace {

struct Figures {
    const ComparisonScores& scores;
    ErrorCurves curves;

    explicit Figures(const ComparisonScores& of)
        : scores(of), curves(of.genuine.histogram, of.impostor.histogram) {}
    std::uint64_t impostors() const { return scores.impostor.histogram.total(); }
};

json::object to_json(const Figures& figures) {
    const auto& [scores, curves] = figures;
    json::object fnmr;
    json::object thresholds;
    json::object support;
    json::array unsupported;
    for (const double fmr : kReportedFmr) {
        if (!resolves(figures.impostors(), fmr)) {
            unsupported.emplace_back(
                json::object{{"fmr", fmr_key(fmr)}, {"impostor_needed", impostors_needed(fmr)}});
            continue;
        }
        const std::size_t bin = curves.bin_at_fmr(fmr);
        fnmr[fmr_key(fmr)] = curves.fnmr(bin).value();
        thresholds[fmr_key(fmr)] = Histogram::edge(bin);
        support[fmr_key(fmr)] = supports(figures.impostors(), fmr) ? "rule_of_30" : "resolution";
    }
    const EqualError equal = curves.equal_error();
    return {{"genuine", scores.genuine.histogram.total()},
            {"impostor", figures.impostors()},
            {"eer", equal.rate},
            {"eer_threshold", Histogram::edge(equal.bin)},
            {"d_prime", scores.separation()},
            {"genuine_mean", scores.genuine.mean()},
            {"genuine_least", scores.genuine.least},
            {"impostor_mean", scores.impostor.mean()},
            {"impostor_most", scores.impostor.most},
            {"fnmr_at_fmr", std::move(fnmr)},
            {"threshold_at_fmr", std::move(thresholds)},
            {"support_at_fmr", std::move(support)},
            {"unsupported_fmr", std::move(unsupported)}};
}

std::string row(std::string_view title, const std::string& single, const std::string& multi) {
    return fmt::format("{:<28}{:>16}{:>16}\n", title, single, multi);
}

std::string rate_text(const Figures& figures, double fmr) {
    if (!resolves(figures.impostors(), fmr)) return "not resolved";
    const Rate rate = figures.curves.fnmr(figures.curves.bin_at_fmr(fmr));
    return fmt::format("{}{:.3g} %", supports(figures.impostors(), fmr) ? "" : "* ", 100 * rate.value());
}

}  // namespace

json::object to_json(const ClipStudy& study, const ClipTemplates& templates, const Provenance& provenance) {
    json::object document = to_json(provenance);
    document["frames_per_group"] = study.frames_per_group;
    document["clips"] = study.clips;
    document["subjects"] = study.subjects;
    document["frames"] = study.frames;
    document["left_out"] = templates.left_out;
    document["groups"] = study.groups;
    document["genuine_comparisons"] = study.across_clips ? "across_clips" : "within_clips";
    document["single"] = to_json(Figures(study.single));
    document["multi"] = to_json(Figures(study.multi));
    document["failures"] = to_json(templates.failures);
    return document;
}

std::string to_text(const ClipStudy& study, const ClipTemplates& templates) {
    const Figures single(study.single);
    const Figures multi(study.multi);
    const auto number = [](double value) { return fmt::format("{:.3f}", value); };
    const auto percent = [](double value) { return fmt::format("{:.3g} %", 100 * value); };
    std::string out = fmt::format(
        "{} frames in {} groups of {}, from {} clips of {} people; {} frames left out\n", study.frames,
        study.groups, study.frames_per_group, study.clips, study.subjects, templates.left_out);
    out += study.across_clips
               ? "Genuine comparisons are between different clips of a person.\n\n"
               : "Genuine comparisons are within a clip: the same minute, camera and light.\n\n";
    out += row("", "single frames", fmt::format("{} frames", study.frames_per_group));
    out += row("genuine comparisons", std::to_string(study.single.genuine.histogram.total()),
               std::to_string(study.multi.genuine.histogram.total()));
    out += row("impostor comparisons", std::to_string(single.impostors()), std::to_string(multi.impostors()));
    out += row("EER", percent(single.curves.equal_error().rate), percent(multi.curves.equal_error().rate));
    out += row("d'", number(study.single.separation()), number(study.multi.separation()));
    out += row("genuine mean", number(study.single.genuine.mean()), number(study.multi.genuine.mean()));
    out += row("genuine least", number(study.single.genuine.least), number(study.multi.genuine.least));
    out += row("impostor mean", number(study.single.impostor.mean()), number(study.multi.impostor.mean()));
    out += row("impostor most", number(study.single.impostor.most), number(study.multi.impostor.most));
    for (const double fmr : kReportedFmr)
        out +=
            row(fmt::format("FNMR at FMR {}", fmr_key(fmr)), rate_text(single, fmr), rate_text(multi, fmr));
    out +=
        "* rests on fewer than 30 false matches. Comparisons of one clip are alike: with so few people, "
        "rates\n"
        "  compare the two columns and say nothing of a population.\n";
    return out + failure_lines("Files that gave nothing:", templates.failures);
}

}  // namespace countersign::evaluation
