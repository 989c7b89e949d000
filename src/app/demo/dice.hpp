#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>
#include <span>

namespace countersign::app::demo {

/// Chance that repeats: the same seed gives the same throws on every machine. For made-up people only; keys
/// and identifiers come from Random.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : engine_(seed) {}

    /// Uniform in [0, 1).
    double share() { return static_cast<double>(engine_() >> 11U) * 0x1p-53; }
    /// Uniform in [0, bound). `bound` > 0.
    std::size_t below(std::size_t bound) {
        return static_cast<std::size_t>(share() * static_cast<double>(bound));
    }
    double between(double low, double high) { return low + share() * (high - low); }
    bool chance(double probability) { return share() < probability; }

    /// Mean 0, deviation 1 (Box and Muller 1958).
    double normal() {
        const double radius = std::sqrt(-2 * std::log(1 - share()));
        return radius * std::cos(2 * std::numbers::pi * share());
    }

    template <class T>
    const T& pick(std::span<const T> from) {
        return from[below(from.size())];
    }

    /// An index, each as likely as its weight says.
    std::size_t weighted(std::span<const double> weights) {
        double all = 0;
        for (const double weight : weights)
            all += weight;
        double left = share() * all;
        for (std::size_t i = 0; i + 1 < weights.size(); ++i) {
            left -= weights[i];
            if (left < 0) return i;
        }
        return weights.size() - 1;
    }

private:
    std::mt19937_64 engine_;
};

}  // namespace countersign::app::demo
