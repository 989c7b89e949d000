#include "evaluation/histogram.hpp"

#include <algorithm>
#include <cmath>

namespace countersign::evaluation {

std::size_t Histogram::bin_of(double score) {
    // The small addition keeps a score that is an edge in its own bin in spite of binary fractions.
    const double position = std::floor((score + 1) * kBinsPerUnit + 1e-6);
    return static_cast<std::size_t>(std::clamp(position, 0.0, static_cast<double>(kBins - 1)));
}

double Histogram::edge(std::size_t bin) {
    return (static_cast<double>(bin) - kBinsPerUnit) / kBinsPerUnit;
}

void Histogram::add(const Histogram& other) {
    for (std::size_t bin = 0; bin < kBins; ++bin)
        counts_[bin] += other.counts_[bin];
    total_ += other.total_;
}

std::vector<std::uint64_t> Histogram::at_or_above() const {
    std::vector<std::uint64_t> above(kBins + 1);
    for (std::size_t bin = kBins; bin-- > 0;)
        above[bin] = above[bin + 1] + counts_[bin];
    return above;
}

}  // namespace countersign::evaluation
