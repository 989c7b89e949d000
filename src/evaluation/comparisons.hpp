#pragma once

#include <functional>

#include "base/result.hpp"
#include "evaluation/histogram.hpp"
#include "evaluation/lists.hpp"
#include "evaluation/parallel.hpp"

namespace countersign::evaluation {

struct Comparison {
    std::uint32_t a{0};  // pictures of the list
    std::uint32_t b{0};
    float score{0};
};

/// The scores of all comparisons between pictures that have a template.
struct ScoreSet {
    Histogram genuine_histogram;
    Histogram impostor_histogram;
    std::vector<Comparison> genuine;        // all of them, exact
    std::vector<Comparison> impostor_tail;  // those at or above `tail_bin`, exact
    std::size_t tail_bin{0};
};

/// Score of two pictures by their numbers in the list.
using Similarity = std::function<Result<double>(std::size_t a, std::size_t b)>;

/// Compares what the list says. Of all-pairs lists only the highest tenth of the impostor scores is kept one
/// by one (a second pass collects it), the rest as a histogram: memory does not grow with the square of the
/// list.
///
/// `has_template`: one entry per picture; comparisons without are left out, they are failures to enrol.
/// Errors: as `similarity`; the first one ends the run.
Result<ScoreSet> compare(const ComparisonList& list, const std::vector<bool>& has_template,
                         const Similarity& similarity, const ParallelFor& parallel, const Progress& progress);

}  // namespace countersign::evaluation
