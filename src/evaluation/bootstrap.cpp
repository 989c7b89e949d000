#include "evaluation/bootstrap.hpp"

#include <algorithm>
#include <random>

#include "evaluation/error_rates.hpp"

namespace countersign::evaluation {
namespace {

/// Subjects by number, and how many templates each has.
struct Subjects {
    std::vector<std::uint32_t> of_picture;
    std::vector<std::uint64_t> templates;
};

Subjects number_subjects(const ComparisonList& list, const std::vector<bool>& has_template) {
    Subjects subjects;
    std::map<std::string, std::uint32_t> numbers;
    for (std::size_t i = 0; i < list.pictures.size(); ++i) {
        const auto next = static_cast<std::uint32_t>(numbers.size());
        const auto number = numbers.try_emplace(list.pictures[i].subject, next).first->second;
        subjects.of_picture.push_back(number);
        subjects.templates.resize(numbers.size());
        if (has_template[i]) ++subjects.templates[number];
    }
    return subjects;
}

std::uint64_t all_impostors(const Subjects& subjects, const std::vector<std::uint32_t>& drawn) {
    std::uint64_t sum = 0;
    std::uint64_t squares = 0;
    for (std::size_t s = 0; s < drawn.size(); ++s) {
        const std::uint64_t weighted = drawn[s] * subjects.templates[s];
        sum += weighted;
        squares += weighted * weighted;
    }
    return (sum * sum - squares) / 2;
}

struct Replicate {
    std::vector<double> fnmr;       // one per FMR; empty when no genuine pair was drawn
    std::vector<double> threshold;  // empty when no impostor pair was drawn
    std::optional<double> eer;
};

Replicate replicate(const Subjects& subjects, const ScoreSet& scores, const std::vector<double>& fmrs,
                    bool all_pairs, std::uint64_t seed) {
    const auto drawn = drawn_subjects(subjects.templates.size(), seed);
    const auto weight = [&](const Comparison& comparison) -> std::uint64_t {
        const auto a = subjects.of_picture[comparison.a];
        const auto b = subjects.of_picture[comparison.b];
        return a == b ? drawn[a] : std::uint64_t{drawn[a]} * drawn[b];
    };
    Histogram genuine;
    Histogram impostor;
    for (const Comparison& comparison : scores.genuine)
        genuine.add(comparison.score, weight(comparison));
    for (const Comparison& comparison : scores.impostor_tail)
        impostor.add(comparison.score, weight(comparison));
    if (all_pairs) impostor.add(-1, all_impostors(subjects, drawn) - impostor.total());

    Replicate result;
    if (impostor.total() == 0) return result;
    const ErrorCurves curves(genuine, impostor);
    for (const double fmr : fmrs) {
        const std::size_t bin = std::max(curves.bin_at_fmr(fmr), scores.tail_bin);
        if (genuine.total() > 0) result.fnmr.push_back(curves.fnmr(bin).value());
        result.threshold.push_back(Histogram::edge(bin));
    }
    const EqualError equal = curves.equal_error();
    if (genuine.total() > 0 && equal.bin >= scores.tail_bin) result.eer = equal.rate;
    return result;
}

}  // namespace

std::vector<std::uint32_t> drawn_subjects(std::size_t subjects, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::vector<std::uint32_t> drawn(subjects);
    // The bias of the remainder is below 1e-12 for any list that fits into memory.
    for (std::size_t i = 0; i < subjects; ++i)
        ++drawn[random() % subjects];
    return drawn;
}

std::optional<Interval> percentile_interval(std::vector<double> replicates) {
    if (replicates.empty()) return std::nullopt;
    std::ranges::sort(replicates);
    const auto at = [&](double share) {
        return replicates[static_cast<std::size_t>(share * static_cast<double>(replicates.size() - 1) + 0.5)];
    };
    return Interval{at(0.025), at(0.975)};
}

VerificationIntervals bootstrap(const ComparisonList& list, const std::vector<bool>& has_template,
                                const ScoreSet& scores, const std::vector<double>& fmrs,
                                const ParallelFor& parallel) {
    const Subjects subjects = number_subjects(list, has_template);
    std::vector<Replicate> replicates(kReplicates);
    parallel(kReplicates, [&](std::size_t i) {
        replicates[i] = replicate(subjects, scores, fmrs, list.all_pairs, kBootstrapSeed + i);
    });

    VerificationIntervals intervals;
    for (std::size_t i = 0; i < fmrs.size(); ++i) {
        std::vector<double> rates;
        std::vector<double> thresholds;
        for (const Replicate& each : replicates) {
            if (!each.fnmr.empty()) rates.push_back(each.fnmr[i]);
            if (!each.threshold.empty()) thresholds.push_back(each.threshold[i]);
        }
        if (const auto interval = percentile_interval(rates))
            intervals.fnmr_at_fmr[fmr_key(fmrs[i])] = *interval;
        if (const auto interval = percentile_interval(thresholds))
            intervals.threshold_at_fmr[fmr_key(fmrs[i])] = *interval;
    }
    std::vector<double> equal;
    for (const Replicate& each : replicates) {
        if (!each.eer) return intervals;
        equal.push_back(*each.eer);
    }
    intervals.eer = percentile_interval(std::move(equal));
    return intervals;
}

}  // namespace countersign::evaluation
