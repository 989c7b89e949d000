#pragma once

#include <optional>

#include "base/json.hpp"
#include "evaluation/bootstrap.hpp"
#include "evaluation/error_rates.hpp"
#include "evaluation/templates.hpp"

namespace countersign::evaluation {

/// The two rates at a threshold whose false match rate is at most `fmr`.
struct OperatingPoint {
    double fmr{0};
    double threshold{0};
    std::size_t bin{0};
    Rate false_match;
    Rate false_non_match;
    Rate with_failures;      // as false_non_match, but genuine pairs without a template count as non-matches
    bool rule_of_30{false};  // whether 30 false matches support the threshold, or fewer
};

/// The same thresholds applied to the pictures of one group (of all-pairs lists: both pictures of
/// a pair in it).
struct GroupRow {
    std::string column;
    std::string value;
    double fmr{0};  // of the whole list, whose threshold this is
    Rate false_match;
    Rate false_non_match;
};

/// Accuracy when each fold is judged at the threshold that suits the others best.
struct FoldAccuracy {
    std::size_t folds{0};
    double mean{0};
    double deviation{0};  // standard deviation over the folds
};

struct VerificationReport {
    Rate failure_to_enrol;
    Rate failure_to_acquire;
    std::vector<Failure> failures;
    std::uint64_t genuine_listed{0};  // with those that lack a template
    std::uint64_t subjects{0};
    std::vector<OperatingPoint> points;  // those that the comparisons resolve, loosest first
    std::vector<double> unsupported;     // the others
    EqualError equal_error;
    VerificationIntervals intervals;
    std::vector<GroupRow> groups;
    std::optional<FoldAccuracy> folds;
    std::vector<Comparison> worst_genuine;   // lowest score first
    std::vector<Comparison> worst_impostor;  // highest score first
};

/// Every pair of one subject, whether templates were made or not.
std::uint64_t genuine_pairs(const ComparisonList& list);

VerificationReport summarise(const ComparisonList& list, const TemplateSet& templates, const ScoreSet& scores,
                             const ParallelFor& parallel);

/// What a report must state to be made again.
struct Provenance {
    std::string command;
    std::string data;  // name and SHA-256 of the list
    std::vector<face::ModelIdentity> models;
    std::string manifest{};  // name and SHA-256 of the manifest, which holds thresholds and input formats
};
json::object to_json(const Provenance& provenance);
std::string to_text(const Provenance& provenance);

/// Keys: fnmr_at_fmr, threshold_at_fmr, fnmr_with_failures_at_fmr, support_at_fmr (objects by FMR, for each
/// rate of at least one comparison; support is "rule_of_30" or "resolution"), unsupported_fmr, eer,
/// eer_threshold, fte, fta, genuine, impostor (comparisons made), genuine_listed, pictures, subjects, ci,
/// groups, folds, worst, failures (the first 1000), skipped_rows, command, data, manifest, models. Intervals
/// are arrays [low, high].
json::object to_json(const VerificationReport& report, const ComparisonList& list, const ScoreSet& scores,
                     const Provenance& provenance);

/// The same facts as a table.
std::string to_text(const VerificationReport& report, const ComparisonList& list, const ScoreSet& scores,
                    const Provenance& provenance);

}  // namespace countersign::evaluation
