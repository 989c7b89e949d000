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
};

/// The same thresholds applied to the pictures of one group (both pictures of a pair in it).
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
    std::size_t unreadable{0};
    std::uint64_t subjects{0};
    std::vector<OperatingPoint> points;  // the supported ones, loosest first
    std::vector<double> unsupported;     // the others
    EqualError equal_error;
    VerificationIntervals intervals;
    std::vector<GroupRow> groups;
    std::optional<FoldAccuracy> folds;
    std::vector<Comparison> worst_genuine;   // lowest score first
    std::vector<Comparison> worst_impostor;  // highest score first
};

VerificationReport summarise(const ComparisonList& list, const TemplateSet& templates, const ScoreSet& scores,
                             const ParallelFor& parallel);

/// What a report must state to be made again.
struct Provenance {
    std::string command;
    std::string data;  // name and SHA-256 of the list
    std::vector<face::ModelIdentity> models;
};
json::object to_json(const Provenance& provenance);

/// Keys: fnmr_at_fmr, threshold_at_fmr (objects by FMR, only the supported ones), unsupported_fmr, eer,
/// eer_threshold, fte, genuine, impostor (comparisons made), pictures, subjects, ci, groups, folds, worst,
/// command, data, models. Intervals are arrays [low, high].
json::object to_json(const VerificationReport& report, const ComparisonList& list, const ScoreSet& scores,
                     const Provenance& provenance);

/// The same facts as a table.
std::string to_text(const VerificationReport& report, const ComparisonList& list, const ScoreSet& scores,
                    const Provenance& provenance);

}  // namespace countersign::evaluation
