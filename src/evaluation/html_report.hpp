#pragma once

#include <string>

#include "evaluation/verification_report.hpp"

namespace countersign::evaluation {

/// A page that needs no other file and loads nothing: the table of to_text, a DET curve and the score
/// histograms, the list's hash, the models' hashes and the command line. It names no picture.
std::string to_html(const VerificationReport& report, const ComparisonList& list, const ScoreSet& scores,
                    const Provenance& provenance);

}  // namespace countersign::evaluation
