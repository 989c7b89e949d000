#include "evaluation/quality_study.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <numeric>
#include <random>

namespace countersign::evaluation {
namespace {

constexpr std::size_t kDraws = 200;
constexpr double kLine = 50;

/// The genuine comparisons at one threshold, counted without some pictures.
class NonMatches {
public:
    NonMatches(const std::vector<Comparison>& genuine, std::vector<std::size_t> present, std::size_t pictures,
               double threshold)
        : genuine_(genuine), present_(std::move(present)), pictures_(pictures), threshold_(threshold) {}

    Rate without(const std::vector<bool>& left_out) const {
        Rate rate;
        for (const Comparison& each : genuine_) {
            if (left_out[each.a] || left_out[each.b]) continue;
            ++rate.trials;
            rate.errors += each.score < threshold_ ? 1 : 0;
        }
        return rate;
    }

    /// Leaves out the first `count` of `order`.
    Discard leave_out(const std::vector<std::size_t>& order, std::size_t count) const {
        Discard discard{.pictures = count, .false_non_match = without(first(order, count)), .chance = {}};
        std::mt19937_64 random(kBootstrapSeed);
        std::vector<double> rates;
        auto shuffled = present_;
        for (std::size_t draw = 0; draw < kDraws; ++draw) {
            std::ranges::shuffle(shuffled, random);
            rates.push_back(without(first(shuffled, count)).value());
        }
        discard.by_chance = std::accumulate(rates.begin(), rates.end(), 0.0) / double{kDraws};
        discard.chance = percentile_interval(std::move(rates)).value_or(Interval{});
        return discard;
    }

    const std::vector<std::size_t>& present() const { return present_; }

private:
    std::vector<bool> first(const std::vector<std::size_t>& order, std::size_t count) const {
        std::vector<bool> left_out(pictures_);
        for (std::size_t i = 0; i < count; ++i)
            left_out[order[i]] = true;
        return left_out;
    }

    const std::vector<Comparison>& genuine_;
    std::vector<std::size_t> present_;
    std::size_t pictures_;
    double threshold_;
};

ComponentRow study_component(std::size_t index, const std::vector<PictureQuality>& quality,
                             const NonMatches& non_matches) {
    auto worst_first = non_matches.present();
    const auto value = [&](std::size_t picture) { return quality[picture].components[index].value; };
    std::ranges::sort(worst_first, {},
                      [&](std::size_t picture) { return std::pair(value(picture), picture); });
    const std::size_t count = worst_first.size();
    const auto percentile = [&](double share) {
        return value(worst_first[static_cast<std::size_t>(share * static_cast<double>(count - 1) + 0.5)]);
    };
    const auto& first = quality[worst_first.front()].components[index];
    ComponentRow row{.name = first.name, .hint = first.hint, .rejected = {}, .discards = {}};
    row.low = percentile(0.05);
    row.middle = percentile(0.5);
    row.high = percentile(0.95);
    row.rejected = {static_cast<std::uint64_t>(
                        std::ranges::count_if(worst_first, [&](std::size_t i) { return value(i) < kLine; })),
                    count};
    for (const double share : kDiscards) {
        const auto left_out = static_cast<std::size_t>(share * static_cast<double>(count) + 0.5);
        row.discards.push_back(non_matches.leave_out(worst_first, left_out));
    }
    return row;
}

std::vector<GateRow> study_gate(const std::vector<PictureQuality>& quality, const NonMatches& non_matches) {
    std::map<face::Hint, std::vector<std::size_t>> by_hint;
    std::vector<std::size_t> any;
    for (const std::size_t picture : non_matches.present()) {
        const face::Hint hint = quality[picture].hint;
        if (hint == face::Hint::none) continue;
        by_hint[hint].push_back(picture);
        any.push_back(picture);
    }
    std::vector<GateRow> rows;
    for (const auto& [hint, pictures] : by_hint)
        rows.push_back({std::string(to_string(hint)), non_matches.leave_out(pictures, pictures.size())});
    std::ranges::sort(rows, std::greater(),
                      [](const GateRow& row) { return std::pair(row.discard.pictures, row.hint); });
    rows.push_back({"any", non_matches.leave_out(any, any.size())});
    return rows;
}

json::object to_json(const Discard& discard) {
    return {{"discarded", discard.pictures},
            {"fnmr", discard.false_non_match.value()},
            {"genuine", discard.false_non_match.trials},
            {"random", discard.by_chance},
            {"random_interval", json::array{discard.chance.low, discard.chance.high}},
            {"helps", discard.helps()}};
}

json::object to_json(const ComponentRow& row) {
    json::array discards;
    for (const Discard& discard : row.discards)
        discards.push_back(to_json(discard));
    return {{"name", row.name},
            {"hint", to_string(row.hint)},
            {"percentiles", json::object{{"5", row.low}, {"50", row.middle}, {"95", row.high}}},
            {"rejected", row.rejected.value()},
            {"edc", std::move(discards)}};
}

std::string cell(const Discard& discard) {
    return fmt::format("{:.2f}{}", 100 * discard.false_non_match.value(), discard.helps() ? "*" : "");
}

PictureQuality quality_of(const TemplateSource& source, const std::filesystem::path& file,
                          const face::Template& made) {
    const auto encoded = read_file(file);
    if (!encoded) return {};
    const auto seen = observe_file(source.engine, *encoded, file);
    if (!seen || seen->faces == 0) return {};
    PictureQuality quality{source.engine.quality(*seen), seen->hint};
    quality.components.push_back(source.engine.unified_quality(made));
    return quality;
}

}  // namespace

Result<MeasuredPictures> measure_pictures(const std::vector<ListedPicture>& pictures,
                                          const TemplateSource& source, const ParallelFor& parallel,
                                          const Progress& progress) {
    MeasuredPictures measured;
    const std::size_t total = 2 * pictures.size();
    measured.set = CS_TRY(make_templates(pictures, source, parallel,
                                         [&](std::size_t done, std::size_t) { progress(done, total); }));
    measured.quality.resize(pictures.size());
    std::atomic<std::size_t> done{pictures.size()};
    parallel(pictures.size(), [&](std::size_t i) {
        if (measured.set.templates[i])
            measured.quality[i] =
                quality_of(source, source.root / pictures[i].path, *measured.set.templates[i]);
        progress(++done, total);
    });
    return measured;
}

Result<QualityStudy> study_quality(const MeasuredPictures& measured, const ScoreSet& scores, double fmr) {
    const ErrorCurves curves(scores.genuine_histogram, scores.impostor_histogram);
    const std::uint64_t impostors = curves.fmr(0).trials;
    if (scores.genuine.empty() || !resolves(impostors, fmr)) {
        return fail(
            ErrorCode::invalid_argument,
            fmt::format("{} genuine and {} impostor comparisons: an FMR of {:g} needs both, and {:.0f} "
                        "of the latter",
                        scores.genuine.size(), impostors, fmr, 1 / fmr));
    }
    std::vector<std::size_t> present;
    for (std::size_t i = 0; i < measured.set.templates.size(); ++i) {
        if (!measured.quality[i].components.empty()) present.push_back(i);
    }
    QualityStudy study{.fmr = fmr, .false_non_match = {}, .components = {}, .gate = {}};
    study.threshold = Histogram::edge(curves.bin_at_fmr(fmr));
    const NonMatches non_matches(scores.genuine, present, measured.quality.size(), study.threshold);
    study.false_non_match = non_matches.without(std::vector<bool>(measured.quality.size()));
    study.pictures = present.size();
    const std::size_t components = measured.quality[present.front()].components.size();
    for (std::size_t i = 0; i < components; ++i)
        study.components.push_back(study_component(i, measured.quality, non_matches));
    study.gate = study_gate(measured.quality, non_matches);
    return study;
}

json::object to_json(const QualityStudy& study, const Provenance& provenance) {
    json::array components;
    for (const ComponentRow& row : study.components)
        components.push_back(to_json(row));
    json::array gate;
    for (const GateRow& row : study.gate) {
        json::object entry = to_json(row.discard);
        entry["hint"] = row.hint;
        gate.push_back(std::move(entry));
    }
    json::object document{{"fmr", study.fmr},
                          {"threshold", study.threshold},
                          {"fnmr", study.false_non_match.value()},
                          {"pictures", study.pictures},
                          {"components", std::move(components)},
                          {"gate", std::move(gate)}};
    for (auto& [key, value] : to_json(provenance))
        document[key] = std::move(value);
    return document;
}

std::string to_text(const QualityStudy& study) {
    std::string out = fmt::format(
        "{} pictures, FNMR {:.2f} % at the threshold {:.4f} of FMR {:g} over all of them\n\n"
        "Component                   5th  50th  95th   below 50   FNMR % without the worst 5, 10, 20 %\n",
        study.pictures, 100 * study.false_non_match.value(), study.threshold, study.fmr);
    for (const ComponentRow& row : study.components) {
        out += fmt::format("{:<26}{:>5.0f} {:>5.0f} {:>5.0f} {:>8.2f} %   ", row.name, row.low, row.middle,
                           row.high, 100 * row.rejected.value());
        for (const Discard& discard : row.discards)
            out += fmt::format("{:>8}", cell(discard));
        out += "\n";
    }
    out += fmt::format("{:<57}", "as many by chance, 95 %");
    for (const Discard& discard : study.components.front().discards)
        out += fmt::format("  {:.2f}–{:.2f}", 100 * discard.chance.low, 100 * discard.chance.high);
    out += "\n\nThe gate            pictures   FNMR % without them   as many by chance, 95 %\n";
    for (const GateRow& row : study.gate) {
        out += fmt::format("{:<20}{:>8}   {:>19}   {:.2f}, {:.2f}–{:.2f}\n", row.hint, row.discard.pictures,
                           cell(row.discard), 100 * row.discard.by_chance, 100 * row.discard.chance.low,
                           100 * row.discard.chance.high);
    }
    return out + "* below all but 2.5 % of what chance does\n";
}

}  // namespace countersign::evaluation
