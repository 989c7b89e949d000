#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evaluation/bootstrap.hpp"
#include "evaluation/error_rates.hpp"
#include "evaluation/templates.hpp"
#include "evaluation/verification_report.hpp"

namespace countersign::evaluation {

/// What the server compares: so many key frames with so many samples of a credential.
constexpr std::size_t kFramesPerCapture = 3;

/// A threshold proposed for a false match rate, with what it rests on.
struct TunedThreshold {
    double fmr{0};
    double threshold{0};
    std::optional<Interval> by_subject;  // of the threshold, 95 %
    Rate false_match;                    // of the comparisons below, at the threshold
    Rate false_non_match;
};

enum class TuningBasis { captures, single_pictures };
std::string_view to_string(TuningBasis basis);

struct Tuning {
    TuningBasis basis{TuningBasis::captures};
    std::vector<TunedThreshold> points;  // loosest first; the last one is the target
};

/// Finds the threshold of `target_fmr` for the server's rule (mean over three probes of the best of three
/// references). Subjects' pictures are taken in threes, in the order of the list, and every three is compared
/// with every other, in the direction that scores higher.
///
/// Where there are too few threes, single pictures serve: three probes against three references can only
/// reach a threshold when one of nine pairs does, so the threshold of a ninth of the rate keeps the rate.
/// Errors: invalid_argument: neither kind makes 30 ÷ FMR impostor comparisons; says how many are needed.
Result<Tuning> tune(const ComparisonList& list, const std::vector<bool>& has_template,
                    const Similarity& similarity, double target_fmr, const ParallelFor& parallel,
                    const Progress& progress);

/// The policy file that `face.policy` of the configuration names.
std::string to_toml(const Tuning& tuning, const Provenance& provenance);

json::object to_json(const Tuning& tuning, const Provenance& provenance);
std::string to_text(const Tuning& tuning);

}  // namespace countersign::evaluation
