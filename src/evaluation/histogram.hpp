#pragma once

#include <cstdint>
#include <vector>

namespace countersign::evaluation {

/// Counts of similarity scores in −1…1 in bins 1e-4 wide, each with its lower edge. Millions of impostor
/// scores take 160 kB, and a rate at a bin's edge is still exact: only thresholds are resolved to 1e-4.
class Histogram {
public:
    static constexpr int kBinsPerUnit = 10'000;
    static constexpr std::size_t kBins = 2 * kBinsPerUnit + 1;

    Histogram() : counts_(kBins) {}

    static std::size_t bin_of(double score);
    static double edge(std::size_t bin);

    void add(double score, std::uint64_t weight = 1) {
        counts_[bin_of(score)] += weight;
        total_ += weight;
    }
    void add(const Histogram& other);

    std::uint64_t total() const { return total_; }
    std::uint64_t count(std::size_t bin) const { return counts_[bin]; }

    /// Scores at or above the edge of each bin; one more entry, 0, at the end.
    std::vector<std::uint64_t> at_or_above() const;

private:
    std::vector<std::uint64_t> counts_;
    std::uint64_t total_{0};
};

}  // namespace countersign::evaluation
