#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "evaluation/comparisons.hpp"
#include "evaluation/intervals.hpp"

namespace countersign::evaluation {

constexpr std::size_t kReplicates = 400;
constexpr std::uint64_t kBootstrapSeed = 19795;  // fixed, so that a report can be made again

/// How often each of `subjects` is drawn when as many are drawn with replacement.
std::vector<std::uint32_t> drawn_subjects(std::size_t subjects, std::uint64_t seed);

/// The middle 95 % of the replicates; nullopt without any.
std::optional<Interval> percentile_interval(std::vector<double> replicates);

/// 95 % intervals that take into account that a subject's comparisons depend on one another: subjects are
/// drawn with replacement, and a comparison counts as often as its subjects were drawn together. The
/// threshold is found anew in each replicate.
struct VerificationIntervals {
    std::map<std::string, Interval> fnmr_at_fmr;  // by fmr_key
    std::map<std::string, Interval> threshold_at_fmr;
    std::optional<Interval> eer;  // nullopt when the rate lies below the kept impostor scores
};
VerificationIntervals bootstrap(const ComparisonList& list, const std::vector<bool>& has_template,
                                const ScoreSet& scores, const std::vector<double>& fmrs,
                                const ParallelFor& parallel);

}  // namespace countersign::evaluation
