#include "face/liveness/colour_challenge.hpp"

#include <array>
#include <cmath>
#include <optional>
#include <vector>

#include "face/api/engine.hpp"

namespace countersign::face {
namespace {

constexpr std::size_t kColours = 5;

/// (R−G), (B−G), half-weighted luma.
using Feature = std::array<double, 3>;

Feature feature_of(const Rgb& colour) {
    const double luma = 0.299 * colour.r + 0.587 * colour.g + 0.114 * colour.b;
    return {colour.r - colour.g, colour.b - colour.g, luma / 2};
}

Feature minus(const Feature& a, const Feature& b) {
    return {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
}
double dot(const Feature& a, const Feature& b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

bool possible(std::span<const ColourStep> steps) {
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const int index = steps[i].palette_index;
        if (index < 0 || index >= static_cast<int>(kColours)) return false;
        if (i > 0 && index == steps[i - 1].palette_index) return false;
    }
    return true;
}

/// Mean feature of each step, or nothing when a step has no frame or a frame has no step.
std::optional<std::vector<Feature>> average(std::size_t steps, std::span<const ColourResponse> responses) {
    std::vector<std::vector<Feature>> frames(steps);
    for (const auto& response : responses) {
        if (response.step < 0 || static_cast<std::size_t>(response.step) >= steps) return std::nullopt;
        const Rgb colour{response.skin.r - response.background.r, response.skin.g - response.background.g,
                         response.skin.b - response.background.b};
        frames[static_cast<std::size_t>(response.step)].push_back(feature_of(colour));
    }
    std::vector<Feature> means;
    for (const auto& of_step : frames) {
        if (of_step.empty()) return std::nullopt;
        const std::size_t first = of_step.size() > 1 ? 1 : 0;
        Feature mean{};
        for (std::size_t i = first; i < of_step.size(); ++i) {
            for (std::size_t c = 0; c < 3; ++c)
                mean[c] += of_step[i][c] / static_cast<double>(of_step.size() - first);
        }
        means.push_back(mean);
    }
    return means;
}

/// Scores every possible sequence against the observed changes, sharing the work of common beginnings.
class SequenceRanking {
public:
    explicit SequenceRanking(std::span<const Feature> observed) {
        for (std::size_t i = 0; i + 1 < observed.size(); ++i)
            changes_.push_back(minus(observed[i + 1], observed[i]));
        for (std::size_t c = 0; c < kColours; ++c)
            colours_[c] = feature_of(palette()[c]);
        for (const auto& change : changes_)
            energy_ += dot(change, change);
    }

    double amplitude() const { return std::sqrt(energy_ / (3.0 * static_cast<double>(changes_.size()))); }

    double cosine_of(std::span<const ColourStep> steps) const {
        Score score;
        for (std::size_t i = 0; i < changes_.size(); ++i) {
            score = extend(score, i, index_of(steps[i]), index_of(steps[i + 1]));
        }
        return cosine(score);
    }

    /// Number of sequences, the true one included, that score at least `least`.
    std::size_t count_at_least(double least) const {
        std::size_t count = 0;
        for (std::size_t first = 0; first < kColours; ++first)
            count += count_from({}, 0, first, least);
        return count;
    }

private:
    struct Score {
        double product{0};
        double energy{0};
    };

    static std::size_t index_of(const ColourStep& step) {
        return static_cast<std::size_t>(step.palette_index);
    }

    Score extend(const Score& score, std::size_t at, std::size_t from, std::size_t to) const {
        const Feature expected = minus(colours_[to], colours_[from]);
        return {score.product + dot(expected, changes_[at]), score.energy + dot(expected, expected)};
    }

    double cosine(const Score& score) const {
        const double norm = std::sqrt(score.energy * energy_);
        return norm > 0 ? score.product / norm : 0;
    }

    std::size_t count_from(const Score& score, std::size_t at, std::size_t last, double least) const {
        if (at == changes_.size()) return cosine(score) >= least ? 1 : 0;
        std::size_t count = 0;
        for (std::size_t next = 0; next < kColours; ++next) {
            if (next != last) count += count_from(extend(score, at, last, next), at + 1, next, least);
        }
        return count;
    }

    std::vector<Feature> changes_;
    std::array<Feature, kColours> colours_{};
    double energy_{0};
};

double number_of_sequences(std::size_t steps) {
    return 5.0 * std::pow(4.0, static_cast<double>(steps - 1));
}

}  // namespace

Liveness judge_colour_sequence(std::span<const ColourStep> steps, std::span<const ColourResponse> responses,
                               const ColourLimits& limits) {
    if (steps.size() < 2 || steps.size() > limits.most_steps || !possible(steps)) return Liveness::not_live;
    const auto observed = average(steps.size(), responses);
    if (!observed) return Liveness::not_live;
    const SequenceRanking ranking(*observed);
    // Written so that a not-a-number fails.
    if (!(ranking.amplitude() >= limits.least_amplitude)) return Liveness::not_live;
    const double cosine = ranking.cosine_of(steps);
    if (!(cosine >= limits.least_cosine)) return Liveness::not_live;

    constexpr double kTie = 1e-9;
    const auto rank = static_cast<double>(ranking.count_at_least(cosine - kTie));
    return rank <= limits.false_acceptance * number_of_sequences(steps.size()) ? Liveness::live
                                                                               : Liveness::not_live;
}

}  // namespace countersign::face
