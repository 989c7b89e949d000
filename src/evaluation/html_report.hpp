#pragma once

#include <string>

#include "evaluation/presentation_report.hpp"
#include "evaluation/verification_report.hpp"

namespace countersign::evaluation {

/// Pages that need no other file and load nothing: figures, plots, groups, the worst comparisons by their
/// paths, the list's hash, the models' hashes and the command line. They show no picture.
std::string to_html(const VerificationReport& report, const ComparisonList& list, const ScoreSet& scores,
                    const Provenance& provenance);

/// `judged`: the presentations that the report is about.
std::string to_html(const PadReport& report, const std::vector<Judged>& judged, const Provenance& provenance);

}  // namespace countersign::evaluation
